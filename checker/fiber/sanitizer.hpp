// Tells AddressSanitizer about stack switches, which it can't see, and asks it what of a stack is
// in use. Other builds have no need of either.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__)
#define HEDDLE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_ASAN 1
#endif
#endif

#ifdef HEDDLE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace heddle::fiber::sanitizer {

#ifdef HEDDLE_ASAN
inline const void* outer_stack = nullptr;
inline std::size_t outer_bytes = 0;
inline void* outer_fake_stack = nullptr;

/// Forgets the red zones of frames that were abandoned.
inline void clean(void* memory, std::size_t bytes) { __asan_unpoison_memory_region(memory, bytes); }
/// The word at `at` without the bytes that the code may not read: red zones, and what went out of
/// scope. They hold whatever calls have left there.
__attribute__((no_sanitize("address"))) inline std::uint64_t word(const std::byte* at) {
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < sizeof result; ++i) {
    if (__asan_address_is_poisoned(at + i) == 0) {
      result |= std::to_integer<std::uint64_t>(at[i]) << (8 * i);
    }
  }
  return result;
}
inline void leave_for_fiber(const void* stack, std::size_t bytes) {
  __sanitizer_start_switch_fiber(&outer_fake_stack, stack, bytes);
}
inline void back_from_fiber() {
  __sanitizer_finish_switch_fiber(outer_fake_stack, nullptr, nullptr);
}
inline void leave_fiber() {
  // A null handle: a fiber's fake stack is dropped whenever it is left, for it may never be
  // resumed.
  __sanitizer_start_switch_fiber(nullptr, outer_stack, outer_bytes);
}
inline void entered_fiber() {
  __sanitizer_finish_switch_fiber(nullptr, &outer_stack, &outer_bytes);
}
#else
inline void clean(void*, std::size_t) {}
inline std::uint64_t word(const std::byte* at) {
  using Word __attribute__((may_alias)) = std::uint64_t;
  return *reinterpret_cast<const Word*>(at);
}
inline void leave_for_fiber(const void*, std::size_t) {}
inline void back_from_fiber() {}
inline void leave_fiber() {}
inline void entered_fiber() {}
#endif

}  // namespace heddle::fiber::sanitizer
