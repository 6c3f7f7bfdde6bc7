// Refuses, while scenario code runs, what the checker can't explore: see refusal.hpp.
#pragma once

namespace heddle::interpose {

/// Makes the linker take our definitions of those functions, and has calls of exit() noticed that
/// no definition of ours sees: those from inside of the C library. May be called again.
void install();

// The families, a file each: makes the linker take it.
void refuse_threads();
void refuse_locks();
void refuse_conditions();
void refuse_semaphores();
void refuse_once();
void refuse_system_calls();
void refuse_processes();
void refuse_exits();
void refuse_sleeps();
void refuse_input();
void refuse_signals();

}  // namespace heddle::interpose
