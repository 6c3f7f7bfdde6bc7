// What came of a run, before it is told in one form or another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checker/orders/search.hpp"
#include "checker/session/session.hpp"

namespace heddle::cli {

/// A run and all that is told about it.
struct Outcome {
  const Scenario& scenario;
  Options options = {};
  bool replayed = false;  // the execution of a trace, not an exploration
  Result result = {};
  std::optional<orders::Report> orders = {};  // what --strengthen found
};

/// "holds", "violated", "incomplete" or "broken".
std::string_view verdict_name(Verdict verdict);

/// The exit status that tells this verdict where `expect` was given: "holds", "violated" or empty,
/// which is as "holds". docs/COMMAND-LINE.md has the table.
int exit_status(Verdict verdict, const std::string& expect);

/// Whether the result shows a violation: an incomplete one may come with the execution that was too
/// long, which shows none.
bool has_violation(const Result& result);

/// Why the counts are not those of all executions that were asked for: the limit that was hit, in
/// words. Empty if they are, or if the run ended because it had what it looked for.
std::string why_cut_off(const Result& result);

/// Throws UsageError unless the replay of the trace in `path` ended in the trace's own violation.
void require_same_violation(const trace::Trace& trace, const Result& replayed,
                            const std::string& path);

}  // namespace heddle::cli
