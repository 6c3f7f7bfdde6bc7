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
  uninitialised_read,
  deadlock,
  endless_spin,  // a wait or spin loop that nothing can end
  mutex_misuse,
  step_bound,  // an execution has more events than --steps allows: the exploration is incomplete
  escaped_exception,
  // The scenario itself is broken, not the protocol that it models:
  stack_overflow,
  crash,
  nondeterminism,
  unmodelled_memory,
  misuse,  // of the checker's API: store with order acquire, join of an unknown thread, ...
};

/// As in JSON and headings: "assertion failed", "data race", ...
std::string_view to_string(ViolationKind kind);

/// Whether the kind says that the scenario can't be checked (verdict broken, exit status 4).
bool is_broken(ViolationKind kind);

}  // namespace heddle
