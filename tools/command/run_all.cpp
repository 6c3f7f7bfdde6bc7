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
#include "tools/command/run_all_exports.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

/// One run: a scenario under a model.
struct Job {
  std::string path;
  std::string name;
  std::optional<Description> description;  // none if the program does not give one
  std::string model;
};

struct Row {
  std::string name;
  std::string model;
  std::string verdict = "error";
  std::string expected = "-";  // "-": nobody knows
  std::uint64_t complete = 0;
  std::uint64_t blocked = 0;
  std::uint64_t violating = 0;
  bool whole = false;     // the counts are those of all executions
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
    row.result.at("whole").get_to(row.whole);
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
  if (options.spurious || !expected.complete) return;
  if (row.whole && *expected.complete != row.complete) {
    row.complaint = fmt::format("{} complete executions expected", *expected.complete);
  }
  if (!row.whole && options.keep_going) {
    row.complaint = "not all executions: " + row.result.value("reason", "");
  }
}

Row run_one(const Job& job, std::vector<std::string> arguments, const cli::RunOptions& options) {
  Row row;
  row.name = job.name;
  row.model = job.model;
  if (!job.description) {
    row.complaint = not_described;
    return row;
  }
  if (options.model == cli::all_models) arguments.push_back("--model=" + job.model);
  const Ended ended = run_child(job.path, arguments, true);
  const std::string how = without_verdict(ended);
  if (!how.empty()) {
    row.complaint = how;
    return row;
  }
  if (!read_result(ended.output, row)) {
    row.complaint = fmt::format("gave no result, exit status {}", ended.status);
    return row;
  }
  std::map<std::string, std::int64_t> settings;
  for (const std::string& text : options.set) settings.insert(cli::parse_setting(text));
  if (const auto expected = job.description->expected(job.model, settings)) {
    compare(*expected, options, row);
  } else if (row.verdict == "broken") {
    row.complaint = "the scenario is broken";
  }
  return row;
}

/// The columns of a table; that of the model is there only if there are several.
struct Columns {
  std::size_t name = 0;
  bool model = false;

  std::string line(const std::string& scenario, const std::string& of_model) const {
    return fmt::format("{:<{}}{}", scenario, name, model ? fmt::format("  {:<8}", of_model) : "");
  }
};

std::string head(const Columns& columns) {
  return fmt::format("{}  {:<10}  {:<10}  {:>10}  {:>8}  {:>9}\n",
                     columns.line("SCENARIO", "MODEL"), "VERDICT", "EXPECTED", "COMPLETE",
                     "BLOCKED", "VIOLATING");
}

std::string line(const Row& row, const Columns& columns) {
  std::string text = fmt::format("{}  {:<10}  {:<10}  {:>10}  {:>8}  {:>9}",
                                 columns.line(report::safe(row.name), row.model), row.verdict,
                                 row.expected, row.complete, row.blocked, row.violating);
  if (!row.complaint.empty()) text += "  <- " + report::safe(row.complaint);
  return text + "\n";
}

Json row_json(const Row& row) {
  Json json;
  json["scenario"] = row.name;
  json["model"] = row.model;
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
    } else if (row.verdict == row.expected && !row.whole && !row.complaint.empty()) {
      ++incomplete;  // and so may the number of executions
    } else {
      ++(row.complaint.empty() ? good : bad);
    }
  }

  // What was not run out of `jobs` because the user ended it.
  void skip(std::size_t jobs) {
    incomplete += static_cast<int>(jobs) - good - bad - incomplete - errors;
  }

  int status() const {
    if (errors != 0) return cli::exit_usage;
    if (bad != 0) return cli::exit_violated;
    return incomplete != 0 ? cli::exit_incomplete : cli::exit_holds;
  }

  std::string text(const char* what) const {
    std::string text =
        fmt::format("{} {}: {} as expected", good + bad + incomplete + errors, what, good);
    if (bad != 0) text += fmt::format(", {} not as expected", bad);
    if (incomplete != 0) text += fmt::format(", {} incomplete", incomplete);
    if (errors != 0) text += fmt::format(", {} without result", errors);
    return text + "\n";
  }
};

std::vector<Job> find_jobs(const std::string& model) {
  std::vector<Job> jobs;
  for (const auto& [name, path] : find_programs()) {
    const auto description = describe(path);
    const bool all = description && model == cli::all_models;
    const std::vector<std::string> one = {model};
    for (const std::string& each : all ? description->models : one) {
      jobs.push_back({path, description ? description->name : name, description, each});
    }
  }
  if (!jobs.empty()) return jobs;
  throw cli::UsageError(
      "found no scenario programs: build them, or name their folder in HEDDLE_SCENARIOS");
}

}  // namespace

int run_all(const cli::RunOptions& options, std::vector<std::string> arguments) {
  const bool json = options.format == "json";
  const bool table = !json && !options.quiet;
  cli::require_different_files(cli::outputs_of(options), "");
  RunAllExports exports(options);
  cli::Deliveries deliveries;
  std::erase_if(arguments, [](const std::string& argument) {
    return argument == "--format=text" || argument.starts_with("--junit=") ||
           argument.starts_with("--sarif=") ||
           argument == std::string("--model=") + cli::all_models;
  });
  if (!json) arguments.emplace_back("--format=json");
  const std::vector<Job> jobs = find_jobs(options.model);
  Columns columns{std::string("SCENARIO").size(), options.model == cli::all_models};
  for (const Job& job : jobs) columns.name = std::max(columns.name, job.name.size());
  if (table) deliveries.attempt([&] { cli::print(head(columns)); });
  Tally tally;
  Json rows = Json::array();
  for (const Job& job : jobs) {
    const Row row = run_one(job, arguments, options);
    tally.add(row);
    exports.add(row.name, row.model, row.verdict, row.complaint, row.result);
    if (table) deliveries.attempt([&] { cli::print(line(row, columns)); });
    if (json) rows.push_back(row_json(row));
    if (interrupted()) break;
  }
  tally.skip(jobs.size());
  deliveries.attempt([&] {
    if (json) {
      Json all;
      all["schema"] = "heddle.results/1";
      all["scenarios"] = std::move(rows);
      cli::print(all.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n");
    } else {
      cli::print(tally.text(columns.model ? "runs" : "scenarios"));
    }
  });
  deliveries.attempt([&] { exports.write(); });
  deliveries.finish();
  return tally.status();
}

}  // namespace heddle::command
