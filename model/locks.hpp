// Spinlocks and mutexes: acquire when taken, release when given back.
//
// In the model they are the same: nothing here depends on whether a waiter spins or sleeps, and
// interrupts do not exist, so that the _irq variants need no counterpart.
#pragma once

#include "checker/api/mutex.hpp"

namespace kernel {

using heddle::api::Site;

struct spinlock_t {
  heddle::api::mutex lock;
};

inline void spin_lock(spinlock_t& lock, Site site = Site::current()) { lock.lock.lock(site); }
inline void spin_unlock(spinlock_t& lock, Site site = Site::current()) { lock.lock.unlock(site); }

struct mutex {
  heddle::api::mutex owner;
};

inline void mutex_lock(mutex& lock, Site site = Site::current()) { lock.owner.lock(site); }
inline void mutex_unlock(mutex& lock, Site site = Site::current()) { lock.owner.unlock(site); }

}  // namespace kernel
