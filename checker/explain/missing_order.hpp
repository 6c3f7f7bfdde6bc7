// What is missing for one step to happen before another.
#pragma once

#include <cstdint>

#include "checker/trace/trace.hpp"

namespace heddle::explain {

/// Says why step `a` does not happen before step `b`, a step of another thread: the reads that lead
/// from one to the other but do not synchronise, or that none do.
trace::Reason missing_order(const trace::Trace& trace, std::uint32_t a, std::uint32_t b);

}  // namespace heddle::explain
