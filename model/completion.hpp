// Completions: wait until another thread says that something is done.
#pragma once

#include "model/atomics.hpp"
#include "model/locks.hpp"
#include "model/names.hpp"

namespace kernel {

/// struct completion (include/linux/completion.h, 6.1). `done` counts, and changes under the lock
/// only; it is atomic because completion_done() looks at it without.
struct completion {
  explicit completion(const char* label) {
    name_member(done, label, "done");
    name_member(wait_lock.lock, label, "wait.lock");
  }

  atomic_t done{0};
  spinlock_t wait_lock;
};

/// Lets one waiter go: complete (kernel/sched/completion.c, 6.1). The lock is held to the end, so
/// that a waiter that takes it afterwards may free the completion.
inline void complete(completion& x) {
  spin_lock(x.wait_lock);
  WRITE_ONCE(x.done, READ_ONCE(x.done) + 1);
  spin_unlock(x.wait_lock);
}

/// Waits for a complete() and uses it up: wait_for_completion (kernel/sched/completion.c, 6.1). The
/// kernel sleeps on a queue that the same lock protects; here the thread waits until there is
/// something to take, and only then tries to.
inline void wait_for_completion(completion& x) {
  for (;;) {
    heddle::api::await([&x] { return READ_ONCE(x.done) != 0; });
    spin_lock(x.wait_lock);
    const int done = READ_ONCE(x.done);
    if (done != 0) WRITE_ONCE(x.done, done - 1);
    spin_unlock(x.wait_lock);
    if (done != 0) return;
  }
}

/// Whether a wait would end at once: completion_done (kernel/sched/completion.c, 6.1). The lock is
/// taken and given back to wait for a complete() that is not through yet.
inline bool completion_done(completion& x) {
  if (READ_ONCE(x.done) == 0) return false;
  spin_lock(x.wait_lock);
  spin_unlock(x.wait_lock);
  return true;
}

}  // namespace kernel
