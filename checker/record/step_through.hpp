// Runs a recorded execution natively, step by step, for a debugger.
#pragma once

#include <cstdint>
#include <functional>

#include "checker/explore/execution.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::record {

/// Runs the threads of the scenario once more, each from its beginning, in the order of the trace.
/// Calls `at_step` with the number of each step (from 1) on the stack of the thread that does it,
/// just before it is done. `empty` is an execution without events. Throws std::runtime_error with a
/// clear sentence if the trace does not fit the scenario.
void step_through(explore::Execution& empty, const trace::Trace& trace,
                  const std::function<void(std::uint32_t)>& at_step);

}  // namespace heddle::record
