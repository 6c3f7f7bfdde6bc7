// Refuses, while scenario code runs, what the checker can't explore (see refusal.hpp), and sees
// what the C library keeps for it.
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
// Those that scenario code may call, but that have to be seen.
void replace_malloc();
void replace_returned_blocks();
void note_hidden_states();
void note_streams();
/// Finds the system's functions behind the last two: looked up later, it would be a global that
/// changes while scenario code runs.
void find_counted_functions();

}  // namespace heddle::interpose
