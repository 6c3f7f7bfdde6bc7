// What compilers call ahead of plain accesses to memory with -fsanitize=thread (compiler-rt,
// tsan_interface.h): the names are theirs.
#include <cstddef>

#include "checker/hooks/exported.hpp"

namespace {

using heddle::hooks::explored;
using heddle::runtime::Caller;

inline void announce(void* address, std::size_t bytes, bool reads, bool writes,
                     const Caller& caller) {
  if (auto* memory = explored()) memory->announce(address, bytes, reads, writes, caller);
}

}  // namespace

#define ACCESS(name, bytes, reads, writes) \
  HEDDLE_EXPORT void name(void* address) { announce(address, bytes, reads, writes, HEDDLE_CALLER); }

#define ACCESSES(prefix, infix, reads, writes) \
  ACCESS(prefix##infix##1, 1, reads, writes)   \
  ACCESS(prefix##infix##2, 2, reads, writes)   \
  ACCESS(prefix##infix##4, 4, reads, writes)   \
  ACCESS(prefix##infix##8, 8, reads, writes)   \
  ACCESS(prefix##infix##16, 16, reads, writes)

#define UNALIGNED(infix, reads, writes)                 \
  ACCESS(__tsan_unaligned_##infix##2, 2, reads, writes) \
  ACCESS(__tsan_unaligned_##infix##4, 4, reads, writes) \
  ACCESS(__tsan_unaligned_##infix##8, 8, reads, writes) \
  ACCESS(__tsan_unaligned_##infix##16, 16, reads, writes)

ACCESSES(__tsan_, read, true, false)
ACCESSES(__tsan_, write, false, true)
ACCESSES(__tsan_, read_write, true, true)
ACCESSES(__tsan_volatile_, read, true, false)
ACCESSES(__tsan_volatile_, write, false, true)
UNALIGNED(read, true, false)
UNALIGNED(write, false, true)
UNALIGNED(read_write, true, true)

HEDDLE_EXPORT void __tsan_read_range(void* address, std::size_t bytes) {
  announce(address, bytes, true, false, HEDDLE_CALLER);
}
HEDDLE_EXPORT void __tsan_write_range(void* address, std::size_t bytes) {
  announce(address, bytes, false, true, HEDDLE_CALLER);
}

HEDDLE_EXPORT void __tsan_vptr_read(void* address) {
  announce(address, sizeof(void*), true, false, HEDDLE_CALLER);
}

/// A destructor begins by storing the vptr that is there already, nearly always: to C++ that is no
/// access at all, and another thread may call virtual functions meanwhile.
HEDDLE_EXPORT void __tsan_vptr_update(void** address, void* value) {
  announce(address, sizeof(void*), true, false, HEDDLE_CALLER);
  if (*address != value) announce(address, sizeof(void*), false, true, HEDDLE_CALLER);
}

HEDDLE_EXPORT void __tsan_init() {}
HEDDLE_EXPORT void __tsan_func_entry(void*) {}
HEDDLE_EXPORT void __tsan_func_exit() {}
HEDDLE_EXPORT void __tsan_ignore_thread_begin() {}
HEDDLE_EXPORT void __tsan_ignore_thread_end() {}
