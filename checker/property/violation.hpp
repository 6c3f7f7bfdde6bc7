// What can be wrong with an execution, by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

enum class ViolationKind : std::uint8_t {
  assertion_failed,
  invariant_failed,
  data_race,
  use_after_free,
  double_free,
  leak,
  resource_leak,  // the memory of an object is released although the object's life goes on
  uninitialised_read,
  deadlock,
  endless_spin,  // a wait or spin loop that nothing can end
  unlocked_unowned,
  locked_twice,
  destroyed_locked,
  shared_to_exclusive,
  exclusive_to_shared,
  mutex_initialised_twice,
  mutex_uninitialised,
  condition_initialised_twice,
  condition_uninitialised,
  semaphore_initialised_twice,
  semaphore_uninitialised,
  event_initialised_twice,
  event_uninitialised,
  thread_signalled,
  terminated,         // std::terminate would be called
  condition_reached,  // no error: a state that the scenario looks for
  step_bound,  // an execution has more events than --steps allows: the exploration is incomplete
  escaped_exception,
  // The scenario itself is broken, not the protocol that it models:
  stack_overflow,
  crash,
  nondeterminism,
  unmodelled_memory,
  unmodelled_call,  // of the system's own threads, locks, processes, ...
  misuse,  // of the checker's API: store with order acquire, join of an unknown thread, ...
};

/// As in JSON and headings: "assertion failed", "data race", ...
std::string_view to_string(ViolationKind kind);

/// Whether the kind says that the scenario can't be checked (verdict broken, exit status 4).
bool is_broken(ViolationKind kind);

}  // namespace heddle
