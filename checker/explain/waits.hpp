// What the threads of a trace wait for at its end.
#pragma once

#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::explain {

/// A sentence for each thread that waits for ever: who holds the lock, which thread it joins, which
/// value it saw last. For a deadlock this is the wait-for cycle, or the wake-up that was lost.
std::vector<trace::Reason> waits(const trace::Trace& trace);

}  // namespace heddle::explain
