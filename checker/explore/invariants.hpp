// Invariants: properties of every memory state that an execution passes through.
#pragma once

#include <functional>

#include "checker/explore/execution.hpp"

namespace heddle::explore {

/// Evaluates the scenario's invariants on every memory state of the execution, from their
/// registration until all threads are over that came from theirs. The states are those between the
/// steps of all its interleavings; for an execution that no interleaving explains, those of all
/// orders of po
/// + rf. The latest write to an object is the coherence-latest one.
/// `go_on` is asked now and then; if it says no, the rest is left out.
std::optional<Found> check_invariants(Execution& execution, const std::function<bool()>& go_on);

/// The same, on the last state only: for a replayed execution.
std::optional<Found> check_last_state(Execution& execution);

}  // namespace heddle::explore
