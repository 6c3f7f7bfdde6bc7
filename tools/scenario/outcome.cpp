#include "tools/scenario/outcome.hpp"

#include <fmt/format.h>

#include "tools/cli/error.hpp"

namespace heddle::cli {

bool has_violation(const Result& result) {
  return result.counterexample && result.verdict != Verdict::incomplete;
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::violated:
      return "violated";
    case Verdict::incomplete:
      return "incomplete";
    case Verdict::broken:
      return "broken";
  }
  return "unknown";
}

std::string why_cut_off(const Result& result) { return result.whole ? "" : result.reason; }

int exit_status(Verdict verdict, const std::string& expect) {
  if (verdict == Verdict::incomplete) return exit_incomplete;
  if (verdict == Verdict::broken) return exit_broken;
  const std::string_view wanted = expect.empty() ? "holds" : std::string_view(expect);
  return verdict_name(verdict) == wanted ? exit_holds : exit_violated;
}

void require_same_violation(const trace::Trace& trace, const Result& replayed,
                            const std::string& path) {
  if (!trace.violation) return;
  const auto& found = replayed.counterexample;
  const std::string expected{to_string(trace.violation->kind)};
  if (!found || !found->violation) {
    throw UsageError(
        fmt::format("{}: the trace ends in '{}', but running it again violates nothing: "
                    "the scenario has changed since it was saved",
                    path, expected));
  }
  const trace::Violation& violation = *found->violation;
  if (violation.kind != trace.violation->kind || violation.step != trace.violation->step) {
    throw UsageError(fmt::format(
        "{}: the trace ends in '{}' at step {}, but running it again gives '{}' at step {}: "
        "the scenario has changed since it was saved",
        path, expected, trace.violation->step, to_string(violation.kind), violation.step));
  }
}

}  // namespace heddle::cli
