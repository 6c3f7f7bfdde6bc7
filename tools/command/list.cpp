// heddle list
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "checker/report/safe_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/find.hpp"

namespace heddle::command {
namespace {

std::string as_json(const std::vector<Description>& scenarios) {
  nlohmann::ordered_json json;
  json["schema"] = "heddle.list/1";
  json["scenarios"] = nlohmann::ordered_json::array();
  for (const Description& each : scenarios) {
    json["scenarios"].push_back(nlohmann::ordered_json::parse(each.json));
  }
  return json.dump() + "\n";
}

std::string as_text(const std::vector<Description>& scenarios) {
  std::size_t width = 0;
  for (const Description& each : scenarios) width = std::max(width, each.name.size());
  std::string text;
  for (const Description& each : scenarios) {
    text += fmt::format("{:<{}}  {}\n", report::safe(each.name), width, report::safe(each.summary));
  }
  return text;
}

int list(const std::string& format) {
  const std::vector<std::string> formats = {"text", "json"};
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    throw cli::UsageError(cli::unknown_name("value of --format", format, formats));
  }
  std::vector<Description> scenarios;
  for (const auto& [name, path] : find_programs()) {
    if (auto description = describe(path)) {
      scenarios.push_back(std::move(*description));
    } else {
      cli::print_error(fmt::format("'{}' {}", path, not_described));
    }
  }
  if (scenarios.empty() && format == "text") {
    cli::print_error(
        "found no scenario programs: build them, or name their folder in HEDDLE_SCENARIOS");
  }
  cli::print(format == "json" ? as_json(scenarios) : as_text(scenarios));
  return 0;
}

}  // namespace

Subcommand add_list(cli::Command program) {
  cli::Command command = program.add_command("list", "List the scenarios that are built");
  const auto format = std::make_shared<std::string>("text");
  command.add_option("--format", *format, "text or json (default: text)").type_name("text|json");
  return {command, [format] { return list(*format); }};
}

}  // namespace heddle::command
