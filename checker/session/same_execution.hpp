// Whether a replayed execution is the recorded one.
#pragma once

#include "checker/trace/trace.hpp"

namespace heddle {

/// Throws std::runtime_error, with a sentence that names the step and what differs, if `replayed`
/// is not the execution that `recorded` has. The text of source lines may differ: the files may be
/// out of reach.
///
/// Numbers may differ from one process to another where a scenario computes them from addresses (a
/// hash, a difference, half an address), which the system chooses anew each time. So numbers from
/// 4096 on, which is where addresses begin to vary, only have to differ in a regular way: each
/// recorded one stands for the same one throughout the replay, and the other way round.
void require_same(const trace::Trace& recorded, const trace::Trace& replayed);

}  // namespace heddle
