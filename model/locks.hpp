// Spinlocks and mutexes: acquire when taken, release when given back.
//
// Nothing here depends on whether a waiter spins or sleeps, and interrupts do not exist, so that
// the _irq variants need no counterpart.
#pragma once

#include "checker/api/control.hpp"
#include "checker/api/mutex.hpp"

namespace kernel {

using heddle::api::Site;

struct spinlock_t {
  heddle::api::mutex lock;
};

/// Takes a spinlock: spin_lock (include/linux/spinlock.h, 6.1).
///
/// Giving back one spinlock and then taking any spinlock orders, for everybody, what one CPU does
/// before with what it does behind, except a store with a later load (po-unlock-lock-po in
/// tools/memory-model/linux-kernel.cat, 6.1). C++ says so only of threads that take the same lock;
/// the fence says it of others. Mutexes make no such promise.
inline void spin_lock(spinlock_t& lock, Site site = Site::current()) {
  lock.lock.lock(site);
  heddle::api::fence(std::memory_order_acq_rel, site);
}

inline void spin_unlock(spinlock_t& lock, Site site = Site::current()) { lock.lock.unlock(site); }

struct mutex {
  heddle::api::mutex owner;
};

inline void mutex_lock(mutex& lock, Site site = Site::current()) { lock.owner.lock(site); }
inline void mutex_unlock(mutex& lock, Site site = Site::current()) { lock.owner.unlock(site); }

}  // namespace kernel
