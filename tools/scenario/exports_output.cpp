#include "tools/scenario/exports_output.hpp"

#include <fmt/format.h>

#include <vector>

#include "checker/export/exports.hpp"
#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

void open(const std::string& path, std::optional<OutputFile>& file) {
  if (!path.empty()) file.emplace(path);
}

exports::TestCase case_of(const Outcome& outcome, const std::string& expect) {
  using Ending = exports::TestCase::Ending;
  const Result& result = outcome.result;
  trace::Trace trace;  // names the run; only shown with its violation
  if (has_violation(result)) trace = *result.counterexample;
  trace.scenario = outcome.scenario.name;
  trace.settings = outcome.options.settings;
  trace.model = outcome.options.model;
  exports::TestCase test = exports::test_case(trace);
  test.seconds = result.seconds;
  const std::string cut = why_cut_off(result);
  if (!cut.empty() && result.verdict != Verdict::incomplete) {
    test.note = "the counts are not those of all executions: " + cut;
  }
  const int status = exit_status(result.verdict, expect);
  if (status == exit_holds) {
    test.ending = Ending::passed;
    return test;
  }
  test.ending = status == exit_violated ? Ending::failed : Ending::error;
  if (has_violation(result)) return test;
  test.kind = verdict_name(result.verdict);
  test.message = result.verdict == Verdict::holds
                     ? "no execution violates a property, but a violation is expected"
                     : result.reason;
  return test;
}

/// Of the first outcome that has one.
void write_nearest(std::span<const Outcome> outcomes, const OutputFile& file) {
  for (const Outcome& outcome : outcomes) {
    if (outcome.result.nearest) return file.write(trace::to_json(*outcome.result.nearest));
  }
  print_error(fmt::format(
      "no read was found that decides between this and an execution without violation: '{}' is not "
      "written",
      file.path()));
}

}  // namespace

Exports::Exports(const RunOptions& options) {
  open(options.nearest_path, nearest_);
  open(options.html_path, html_);
  open(options.junit_path, junit_);
  open(options.sarif_path, sarif_);
}

void Exports::write(std::span<const Outcome> outcomes, const std::string& expect) const {
  std::vector<exports::TestCase> cases;
  std::vector<trace::Trace> traces;
  for (const Outcome& outcome : outcomes) {
    cases.push_back(case_of(outcome, expect));
    if (has_violation(outcome.result)) traces.push_back(*outcome.result.counterexample);
  }
  Deliveries deliveries;
  deliveries.attempt([&] {
    if (nearest_) write_nearest(outcomes, *nearest_);
  });
  deliveries.attempt([&] {
    if (html_ && !traces.empty()) html_->write(exports::html(traces.front()));
  });
  deliveries.attempt([&] {
    if (junit_) junit_->write(exports::junit(cases));
  });
  deliveries.attempt([&] {
    if (sarif_) sarif_->write(exports::sarif(traces));
  });
  deliveries.finish();
}

}  // namespace heddle::cli
