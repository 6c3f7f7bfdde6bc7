#include "tools/command/run_all_exports.hpp"

#include <stdexcept>

#include "tools/cli/error.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

/// The counterexample that a scenario program printed; none if it is no trace of ours.
std::optional<trace::Trace> trace_of(const Json& result) {
  if (!result.is_object() || !result.contains("violation")) return std::nullopt;
  const Json& violation = result["violation"];
  if (!violation.is_object() || !violation.contains("trace")) return std::nullopt;
  try {
    return trace::from_json(violation["trace"].dump());
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace

RunAllExports::RunAllExports(const cli::RunOptions& options) {
  if (!options.junit_path.empty()) junit_.emplace(options.junit_path);
  if (!options.sarif_path.empty()) sarif_.emplace(options.sarif_path);
}

void RunAllExports::add(const std::string& scenario, const std::string& model,
                        const std::string& verdict, const std::string& complaint,
                        const Json& result) {
  using Ending = exports::TestCase::Ending;
  auto trace = trace_of(result);
  exports::TestCase test = trace ? exports::test_case(*trace) : exports::TestCase{};
  test.name = scenario;
  test.suite = model;
  if (result.is_object()) {
    test.seconds = result.value("seconds", 0.0);
    const std::string reason = result.value("reason", "");
    if (verdict != "incomplete" && !reason.empty()) {
      test.note = "the counts are not those of all executions: " + reason;
    }
  }
  test.ending = Ending::passed;
  if (!complaint.empty()) {
    const bool gave_verdict = verdict == "holds" || verdict == "violated";
    test.ending = gave_verdict ? Ending::failed : Ending::error;
    if (test.kind.empty()) test.kind = verdict;
    test.message = test.message.empty() ? complaint : complaint + ": " + test.message;
    if (trace && trace->violation) traces_.push_back(std::move(*trace));
  }
  cases_.push_back(std::move(test));
}

void RunAllExports::write() const {
  cli::Deliveries deliveries;
  deliveries.attempt([&] {
    if (junit_) junit_->write(exports::junit(cases_));
  });
  deliveries.attempt([&] {
    if (sarif_) sarif_->write(exports::sarif(traces_));
  });
  deliveries.finish();
}

}  // namespace heddle::command
