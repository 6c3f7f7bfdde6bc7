#include "tools/command/run_all.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "checker/report/safe_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/child.hpp"
#include "tools/command/find.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

struct Row {
  std::string name;
  std::string verdict = "error";
  std::string expected = "-";  // "-": nobody knows
  std::uint64_t complete = 0;
  std::uint64_t blocked = 0;
  std::uint64_t violating = 0;
  std::string complaint;  // empty: as expected
  Json result;            // null if the program gave none
};

bool read_result(const std::string& text, Row& row) {
  try {
    row.result = Json::parse(text);
    row.verdict = row.result.at("verdict").get<std::string>();
    const Json& executions = row.result.at("executions");
    executions.at("complete").get_to(row.complete);
    executions.at("blocked").get_to(row.blocked);
    executions.at("violating").get_to(row.violating);
    return true;
  } catch (const Json::exception&) {
    row.result = nullptr;
    return false;
  }
}

void compare(const ExpectedResult& expected, const cli::RunOptions& options, Row& row) {
  row.expected = expected.verdict;
  if (row.verdict != expected.verdict) {
    row.complaint = row.verdict == "incomplete" ? row.result.value("reason", "") : "";
    if (row.complaint.empty()) row.complaint = "not as expected";
    return;
  }
  // Only a whole exploration finds the pinned number.
  const bool whole = options.strategy == "exhaustive" && !options.spurious &&
                     (options.keep_going || row.verdict == "holds");
  if (whole && expected.complete && *expected.complete != row.complete) {
    row.complaint = fmt::format("{} complete executions expected", *expected.complete);
  }
}

Row run_one(const std::string& path, const Description& description,
            const std::vector<std::string>& arguments, const cli::RunOptions& options) {
  Row row;
  row.name = description.name;
  const Ended ended = run_child(path, arguments, true);
  if (ended.signal != 0) {
    row.verdict = "broken";
    row.complaint = fmt::format("killed by signal {}", ended.signal);
    return row;
  }
  if (!read_result(ended.output, row)) {
    row.complaint = fmt::format("gave no result, exit status {}", ended.status);
    return row;
  }
  std::map<std::string, std::int64_t> settings;
  for (const std::string& text : options.set) settings.insert(cli::parse_setting(text));
  if (const auto expected = description.expected(options.model, settings)) {
    compare(*expected, options, row);
  } else if (row.verdict == "broken") {
    row.complaint = "the scenario is broken";
  }
  return row;
}

std::string line(const Row& row, std::size_t width) {
  std::string text =
      fmt::format("{:<{}}  {:<10}  {:<10}  {:>10}  {:>8}  {:>9}", report::safe(row.name), width,
                  row.verdict, row.expected, row.complete, row.blocked, row.violating);
  if (!row.complaint.empty()) text += "  <- " + report::safe(row.complaint);
  return text + "\n";
}

Json row_json(const Row& row) {
  Json json;
  json["scenario"] = row.name;
  json["expected"] = row.expected == "-" ? Json(nullptr) : Json(row.expected);
  json["complaint"] = row.complaint.empty() ? Json(nullptr) : Json(row.complaint);
  json["result"] = row.result;
  return json;
}

struct Tally {
  int good = 0;
  int bad = 0;
  int incomplete = 0;
  int errors = 0;

  void add(const Row& row) {
    if (row.verdict == "error") {
      ++errors;
    } else if (row.verdict == "incomplete" && row.expected != "incomplete") {
      ++incomplete;  // what is expected may still be so
    } else {
      ++(row.complaint.empty() ? good : bad);
    }
  }

  // What was not run out of `scenarios` because the user ended it.
  void skip(std::size_t scenarios) {
    incomplete += static_cast<int>(scenarios) - good - bad - incomplete - errors;
  }

  int status() const {
    if (errors != 0) return cli::exit_usage;
    if (bad != 0) return cli::exit_violated;
    return incomplete != 0 ? cli::exit_incomplete : cli::exit_holds;
  }

  std::string text() const {
    std::string text =
        fmt::format("{} scenarios: {} as expected", good + bad + incomplete + errors, good);
    if (bad != 0) text += fmt::format(", {} not as expected", bad);
    if (incomplete != 0) text += fmt::format(", {} incomplete", incomplete);
    if (errors != 0) text += fmt::format(", {} without result", errors);
    return text + "\n";
  }
};

}  // namespace

int run_all(const cli::RunOptions& options, std::vector<std::string> arguments) {
  const bool json = options.format == "json";
  const bool table = !json && !options.quiet;
  arguments.erase(std::remove(arguments.begin(), arguments.end(), "--format=text"),
                  arguments.end());
  if (!json) arguments.emplace_back("--format=json");
  std::vector<std::pair<std::string, Description>> scenarios;
  std::size_t width = std::string("SCENARIO").size();
  for (const auto& [name, path] : find_programs()) {
    if (auto description = describe(path)) {
      width = std::max(width, description->name.size());
      scenarios.emplace_back(path, std::move(*description));
    }
  }
  if (scenarios.empty()) {
    throw cli::UsageError(
        "found no scenario programs: build them, or name their folder in HEDDLE_SCENARIOS");
  }
  if (table) {
    cli::print(fmt::format("{:<{}}  {:<10}  {:<10}  {:>10}  {:>8}  {:>9}\n", "SCENARIO", width,
                           "VERDICT", "EXPECTED", "COMPLETE", "BLOCKED", "VIOLATING"));
  }
  Tally tally;
  Json rows = Json::array();
  for (const auto& [path, description] : scenarios) {
    const Row row = run_one(path, description, arguments, options);
    tally.add(row);
    if (table) cli::print(line(row, width));
    if (json) rows.push_back(row_json(row));
    if (interrupted()) break;
  }
  tally.skip(scenarios.size());
  if (json) {
    Json all;
    all["schema"] = "heddle.results/1";
    all["scenarios"] = std::move(rows);
    cli::print(all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    cli::print(tally.text());
  }
  return tally.status();
}

}  // namespace heddle::command
