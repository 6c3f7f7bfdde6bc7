// Turns an execution into a trace, and a trace into an execution.
#pragma once

#include "checker/explore/execution.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::explore {

/// The execution's present graph as steps, with its violation if there is one: then only what led
/// to it (its porf prefix), unless it showed at the end. Scenario, settings and model are for the
/// caller to add.
trace::Trace record(Execution& execution, const std::optional<Found>& found);

/// How simple the violating execution is, as record() would show it. `minimal` says that no other
/// order of this execution has fewer switches; other executions are for the caller to compare.
trace::Simplicity simplicity(const Execution& execution, const Found& found);

/// "load", "compare_exchange", ...
std::string operation_name(const runtime::Node& node);
/// "atomic", "var", "cell", ...; empty if that is told by the object's construction.
std::string object_type(const runtime::Node& node);

}  // namespace heddle::explore
