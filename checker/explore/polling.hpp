// Threads that wait with time-outs, one after another: whether that ever leads anywhere.
#pragma once

#include "checker/explore/execution.hpp"

namespace heddle::explore {

/// Asked where no thread can go on and some could only give up their waits, in a way that a bound
/// leaves out. Lets them do so, one by one. Returns true if that changes nothing for the others:
/// each comes back to where it was, or ends, and no other thread could go on at any moment. Then
/// the others wait for ever. False also if that does not show within some steps, or if another
/// branch has what happens. The execution is as before afterwards.
bool polls_for_ever(Execution& execution);

}  // namespace heddle::explore
