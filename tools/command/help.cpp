#include "tools/command/help.hpp"

#include <algorithm>

#include "tools/cli/error.hpp"
#include "tools/command/child.hpp"
#include "tools/command/find.hpp"

namespace heddle::command {

std::vector<std::string> with_help_as_option(std::vector<std::string> words) {
  if (words.size() < 2 || words[1] != "help") return words;
  words.erase(words.begin() + 1);
  words.emplace_back("--help");
  return words;
}

std::optional<int> help_of_scenario(const std::vector<std::string>& words) {
  if (words.size() < 3 || words[1] != "run") return std::nullopt;
  const bool asked = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "--help" || word == "-h";
  });
  if (!asked) return std::nullopt;
  const auto programs = find_programs();
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto program = programs.find(words[i]);
    if (program == programs.end()) continue;
    const Ended ended = run_child(program->second, {"--help"}, false);
    return ended.signal != 0 ? cli::exit_broken : ended.status;
  }
  return std::nullopt;
}

}  // namespace heddle::command
