#include "tools/command/find.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/command/child.hpp"

namespace heddle::command {
namespace {

namespace fs = std::filesystem;

constexpr int describe_seconds = 10;

// A folder may hold other programs; those that could not be the name of a scenario are not even
// asked.
bool scenario_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<fs::path> folders() {
  std::vector<fs::path> result;
  if (const char* given = std::getenv("HEDDLE_SCENARIOS")) {
    std::istringstream list(given);
    for (std::string folder; std::getline(list, folder, ':');) {
      if (folder.empty()) continue;
      std::error_code error;
      // Left out silently, its scenarios would not be checked.
      if (!fs::is_directory(folder, error)) {
        throw cli::UsageError(
            fmt::format("HEDDLE_SCENARIOS names '{}', which is no folder", folder));
      }
      result.emplace_back(folder);
    }
  }
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error) {
    for (const char* below : {"scenarios", "../scenarios", "../libexec/heddle/scenarios"}) {
      result.push_back(own / below);
    }
  }
  result.emplace_back("build/scenarios");
  std::vector<fs::path> presets;
  for (fs::directory_iterator entry("build", error), end; !error && entry != end;
       entry.increment(error)) {
    presets.push_back(entry->path() / "scenarios");
  }
  std::sort(presets.begin(), presets.end());  // directory order differs from machine to machine
  result.insert(result.end(), presets.begin(), presets.end());
  return result;
}

}  // namespace

std::map<std::string, std::string> find_programs() {
  std::map<std::string, std::string> programs;
  for (const fs::path& folder : folders()) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      std::error_code unreadable;
      if (!scenario_name(name) || !entry->is_regular_file(unreadable)) continue;
      if (::access(entry->path().c_str(), X_OK) != 0) continue;
      programs.emplace(name, entry->path().lexically_normal().string());
    }
  }
  return programs;
}

std::string program_of(const std::string& name) {
  const auto programs = find_programs();
  if (programs.empty()) {
    throw cli::UsageError(
        "found no scenario programs: build them, or name their folder in HEDDLE_SCENARIOS");
  }
  const auto found = programs.find(name);
  if (found != programs.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [each, path] : programs) names.push_back(each);
  throw cli::UsageError(cli::unknown_name("scenario", name, names));
}

std::optional<Description> describe(const std::string& path) {
  const Ended ended = run_child(path, {"--describe"}, true, describe_seconds);
  if (ended.signal != 0 || ended.status != 0) return std::nullopt;
  return parse_description(ended.output);
}

}  // namespace heddle::command
