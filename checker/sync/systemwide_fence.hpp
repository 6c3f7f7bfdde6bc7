// A fence that the system executes in all threads: Linux's membarrier(), Windows'
// FlushProcessWriteBuffers().
#pragma once

#include "checker/api/op.hpp"

namespace heddle::sync {

/// Has every other thread execute a seq_cst fence at some point between the beginning and the end
/// of the call; all such points are explored. It is one for the caller, too. So it makes do with
/// compiler fences in the other threads: the "heavy" half of an asymmetric fence (P1202).
///
/// Threads are those that start_thread() started, and the main thread.
void systemwide_fence(api::Site site = api::Site::current());

/// What the fence needs is set up at the beginning of an execution and taken down at its end, by
/// the main thread.
void begin_systemwide_fences();
void end_systemwide_fences();

}  // namespace heddle::sync
