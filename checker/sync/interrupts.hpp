// What interrupts threads between their accesses. So far only fences of the whole system do; the
// threads of programs without them know nothing of it.
#pragma once

#include <cstdint>

#include "checker/api/op.hpp"

namespace heddle::sync {

/// Calls that a thread makes for whoever interrupts it. Beside them there is api::around_op.
struct Interrupts {
  /// Ahead of a thread's start, in its creator. Returns what the thread gets for start().
  std::uint64_t (*create)(const api::Site& site);
  void (*start)(std::uint64_t created, const api::Site& site);
  /// The thread has no more accesses that others could notice: nothing has to wait for it.
  void (*leave)(const api::Site& site);
};

/// Null in programs that nothing interrupts.
inline constinit const Interrupts* interrupts = nullptr;

inline std::uint64_t create_interruptible(const api::Site& site) {
  return interrupts != nullptr ? interrupts->create(site) : 0;
}
inline void start_interruptible(std::uint64_t created, const api::Site& site) {
  if (interrupts != nullptr) interrupts->start(created, site);
}
inline void leave_interruptible(const api::Site& site = api::Site::current()) {
  if (interrupts != nullptr) interrupts->leave(site);
}

}  // namespace heddle::sync
