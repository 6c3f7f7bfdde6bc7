// Turns an execution into a trace.
#pragma once

#include "checker/explore/execution.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::record {

using explore::Execution;
using explore::Found;

/// The execution's present graph as steps, with its violation if there is one: then only what led
/// to it (its porf prefix), unless it showed at the end. Scenario, settings and model are for the
/// caller to add.
trace::Trace trace_of(Execution& execution, const std::optional<Found>& found);

/// How simple the violating execution is, as trace_of() would show it. `minimal` says that no other
/// order of this execution has fewer switches; other executions are for the caller to compare.
trace::Simplicity simplicity(const Execution& execution, const Found& found);

}  // namespace heddle::record
