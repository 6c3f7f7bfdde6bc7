// Windows' kernel objects for tests: semaphores, events, mutexes, threads, and waiting for them.
#pragma once

#include <cstdint>

#include "checker/relacy/site.hpp"

namespace rl {

/// A kernel object. It holds nothing: what it is known to be lies in the checker.
struct win_object;
using rl_HANDLE = win_object*;

inline constexpr unsigned long rl_INFINITE = static_cast<unsigned long>(-1);
inline constexpr unsigned long rl_WAIT_FAILED = static_cast<unsigned long>(-1);
inline constexpr unsigned long rl_WAIT_OBJECT_0 = 0;
inline constexpr unsigned long rl_WAIT_TIMEOUT = 258;
inline constexpr unsigned long rl_WAIT_IO_COMPLETION = 192;
inline constexpr unsigned long rl_MAXIMUM_WAIT_OBJECTS = 8;

namespace kernel32 {

enum class Kind : std::uint8_t { semaphore, auto_event, manual_event, mutex, thread };

/// What an object is and in which state.
struct State {
  Kind kind;
  std::uint32_t count;    // of a semaphore; 1 if an event is set or a thread has ended; depth of a
                          // mutex
  std::uint32_t maximum;  // of a semaphore
  std::uint32_t owner;    // of a mutex
};

/// Whom a thread waits for.
struct Wait {
  static constexpr std::uint32_t most = rl_MAXIMUM_WAIT_OBJECTS;
  rl_HANDLE objects[most];
  std::uint32_t count;
  bool all;
};

/// A new object. Its memory must be given back with close(); that of a thread need not.
rl_HANDLE create(State state, debug_info info);
void close(rl_HANDLE object, debug_info info);

/// Adds to a semaphore, sets an event, gives a mutex back. Threads that wait get what they wait for
/// in the same step; which of several is explored. Stores the count before; returns
/// false if a semaphore is full.
bool signal(rl_HANDLE object, std::uint32_t amount, std::uint32_t* before, debug_info info);
void reset(rl_HANDLE object, debug_info info);
void pulse(rl_HANDLE object, debug_info info);

/// Waits, as long as `timeout` says: 0 not at all, rl_INFINITE for ever, else until time runs out,
/// which is explored once per thread and execution. With `first`, signals that object in the same
/// step. Returns what WaitForMultipleObjects() does.
unsigned long wait(const Wait& wait, unsigned long timeout, rl_HANDLE first, debug_info info);

/// To be called around every execution of a test: all calls go through one lock.
void begin();
void end();

}  // namespace kernel32
}  // namespace rl
