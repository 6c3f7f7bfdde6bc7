// The time that explored threads see.
#pragma once

#include <time.h>

#include "checker/hooks/exported.hpp"

namespace heddle::hooks {

/// The calling thread's time, a little later at each look.
timespec now(const Caller& caller);
/// Lets so much time pass for the calling thread.
void pass(const timespec& duration, const Caller& caller);
/// Lets time pass up to that point, if it is not past. Null: no time.
void pass_until(const timespec* time, const Caller& caller);

}  // namespace heddle::hooks
