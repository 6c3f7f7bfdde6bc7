// Why an execution violates its property, in sentences that name its steps.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "checker/explore/execution.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::explain {

/// Makes an empty execution of the scenario that the trace is of, under its model.
using FreshExecution = std::function<std::unique_ptr<explore::Execution>()>;

struct Explanation {
  std::vector<trace::Reason> reasons;  // the most telling first
  /// The execution that differs in one read (and in what follows from it) and violates nothing.
  std::optional<trace::Trace> nearest;
};

/// Explains the violation of `trace`:
///
/// - accesses that nothing orders: what would have;
/// - threads that wait: for whom, or for which value;
/// - reads that no interleaving explains: which write they passed over;
/// - decisive reads: those that, had they read another write, would have kept every property. Found
///   by running the execution again with that one choice flipped; the rest follows the trace as far
///   as it can.
///
/// Nothing for traces without violation and for scenarios that are broken. `fresh` is called some
/// hundred times at most.
Explanation explain(const trace::Trace& trace, const FreshExecution& fresh);

}  // namespace heddle::explain
