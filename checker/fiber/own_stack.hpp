// Calls functions on another stack.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::fiber {

/// Calls function(argument) on the stack that ends at `top` (a multiple of 16); returns its result.
std::uint64_t call_on(void* top, std::uint64_t (*function)(void*),
                      void* argument) asm("heddle_call_on");

/// Whether the platform can; else code runs on the stack that it is called on.
#if defined(__x86_64__)
inline constexpr bool has_own_stacks = true;
#else
inline constexpr bool has_own_stacks = false;
#endif

/// Calls `body`, which returns a std::uint64_t, on the stack that ends at `top`, or where it is if
/// that is null.
template <typename Body>
std::uint64_t run_on(void* top, Body body) {
  if (top == nullptr) return body();
  return call_on(
      top, [](void* argument) -> std::uint64_t { return (*static_cast<Body*>(argument))(); },
      &body);
}

}  // namespace heddle::fiber
