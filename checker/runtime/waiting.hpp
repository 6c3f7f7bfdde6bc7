// System calls that a signal finds the program waiting in.
#pragma once

#include <string>

namespace heddle::runtime {

inline constexpr int no_system_call = -1;
inline constexpr int unknown_system_call = -2;

/// The number of the system call that a signal with these registers (a ucontext_t) interrupted;
/// unknown_system_call if it will not go on behind the handler, which hides the number. None if the
/// program was not in one, in one for output (a reader may take its time), or if the processor is
/// none that we can tell of: it is x86-64 only.
int interrupted_call(const void* registers);

/// "the system call read"; "a system call" where the number says nothing.
std::string system_call_name(int number);

}  // namespace heddle::runtime
