#include "tools/command/litmus_report.hpp"

#include <fmt/format.h>

#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/litmus_record.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

ExpectedOutcome outcome_of(const Json& record) {
  ExpectedOutcome outcome{.observation = record.value("observation", "no result")};
  if (record.at("outcome") == "complete") {
    outcome.states = record.at("states").size();
    outcome.executions =
        record.at("positive").get<std::uint64_t>() + record.at("negative").get<std::uint64_t>();
  }
  return outcome;
}

bool agrees(const ExpectedOutcome& expected, const ExpectedOutcome& found) {
  return expected.observation == found.observation &&
         (!expected.states || expected.states == found.states) &&
         (!expected.executions || expected.executions == found.executions);
}

}  // namespace

void LitmusReporter::add(const Json& record) {
  if (!report_.json && !report_.quiet && record.contains("text")) {
    cli::print(record.at("text").get<std::string>());
  }
  if (record.contains("message")) cli::print_error(record.at("message").get<std::string>());
  const bool as_listed = report_.expectations != nullptr && compare(record);
  if (!as_listed) count(record);
  if (as_listed) {
    // What the list says is right, be it a race or a claim that does not hold.
    ++as_expected_;
    ++(record.at("outcome") == "racy" ? racy_ : record.at("ok") == true ? ok_ : no_);
  }
  if (!report_.json) return;
  tests_.push_back(record);
  tests_.back().erase("text");
  if (report_.expectations != nullptr) tests_.back()["as_expected"] = as_listed;
}

void LitmusReporter::count(const Json& record) {
  const std::string outcome = record.at("outcome").get<std::string>();
  if (outcome == "error") ++errors_;
  if (outcome == "racy") ++racy_;
  if (outcome == "incomplete") ++incomplete_;
  if (outcome == "broken") ++broken_;
  if (report_.expectations != nullptr && outcome != "error") ++unexpected_;
  if (outcome != "complete") return;
  const bool ok = record.at("ok").get<bool>();
  ++(ok ? ok_ : no_);
  if (!ok && record.at("quantifier") != "exists") ++refuted_;
}

/// Whether the list says what came out; tells the user if it does not.
bool LitmusReporter::compare(const Json& record) {
  const std::string file = record.at("file").get<std::string>();
  const ExpectedOutcome* const expected =
      report_.expectations->find(file, record.value("name", ""));
  if (record.at("outcome") == "error") return false;
  if (expected == nullptr) {
    cli::print_error(fmt::format("{}: the list of what is expected does not name it", file));
    return false;
  }
  const ExpectedOutcome found = outcome_of(record);
  if (agrees(*expected, found)) return true;
  cli::print_error(fmt::format("{}: expected {}; found {}", file, expectation_text(*expected),
                               expectation_text(found)));
  return false;
}

std::string LitmusReporter::summary(std::size_t missing) const {
  const std::size_t told = ok_ + no_ + racy_ + incomplete_ + broken_ + errors_;
  std::string text = fmt::format("{} tests under {}: {} Ok, {} No, {} racy, {} errors",
                                 told + missing, report_.model, ok_, no_, racy_, errors_);
  if (incomplete_ + missing > 0) text += fmt::format(", {} incomplete", incomplete_ + missing);
  if (broken_ > 0) text += fmt::format(", {} broken", broken_);
  if (report_.expectations != nullptr) {
    text += fmt::format("; {} as expected, {} not", as_expected_, unexpected_);
  }
  return text;
}

int LitmusReporter::finish(std::size_t files) {
  const std::size_t told = ok_ + no_ + racy_ + incomplete_ + broken_ + errors_;
  const std::size_t missing = files - told;
  if (report_.expectations != nullptr && report_.whole && missing == 0) {
    for (const std::string& key : report_.expectations->not_found()) {
      ++unexpected_;
      cli::print_error(fmt::format("'{}' is expected, but no such test was run", key));
    }
  }
  if (report_.json) {
    Json all;
    all["schema"] = "heddle.litmus/1";
    all["model"] = report_.model;
    all["tests"] = tests_;
    all["ok"] = ok_;
    all["no"] = no_;
    all["racy"] = racy_;
    all["errors"] = errors_;
    all["incomplete"] = incomplete_ + missing;
    all["broken"] = broken_;
    if (report_.expectations != nullptr) all["unexpected"] = unexpected_;
    cli::print(to_text(all) + "\n");
  } else if (files > 1 || report_.expectations != nullptr) {
    cli::print_error(summary(missing));
  }
  if (errors_ > 0) return cli::exit_usage;
  if (broken_ > 0) return cli::exit_broken;
  const std::size_t races_found = report_.expectations == nullptr ? racy_ : 0;
  if (unexpected_ + refuted_ + races_found > 0) return cli::exit_violated;
  return incomplete_ + missing > 0 ? cli::exit_incomplete : cli::exit_holds;
}

}  // namespace heddle::command
