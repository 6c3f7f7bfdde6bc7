// Tells AddressSanitizer about stack switches, which it can't see. Does nothing in other builds.
#pragma once

#include <cstddef>

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
inline void leave_for_fiber(const void*, std::size_t) {}
inline void back_from_fiber() {}
inline void leave_fiber() {}
inline void entered_fiber() {}
#endif

}  // namespace heddle::fiber::sanitizer
