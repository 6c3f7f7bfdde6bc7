// mutex: a modelled, non-recursive lock.
#pragma once

#include "checker/api/op.hpp"

namespace heddle::api {

/// A lock that is owned by the thread that acquired it. Locking acquires and unlocking releases, as
/// for std::mutex. Found and named: unlocking what another thread (or nobody) holds, locking twice
/// by the same thread, destruction while held, deadlock.
class mutex {
 public:
  explicit mutex(Site site = Site::current()) {
    perform({.kind = OpKind::construct,
             .type = ValueType::unsigned_integer,
             .size = 4,
             .address = this,
             .text = "mutex",
             .site = site});
  }
  ~mutex() { perform({.kind = OpKind::destroy, .address = this, .text = "mutex"}); }
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  void lock(Site site = Site::current()) {
    perform({.kind = OpKind::lock,
             .size = 4,
             .order = std::memory_order_acquire,
             .address = this,
             .site = site});
  }

  /// Returns whether the lock was free and is now the caller's. As std::mutex's, it may also fail
  /// although the lock is free; this is explored on request (option --spurious).
  /// A failure orders nothing ([thread.mutex.requirements]).
  bool try_lock(Site site = Site::current()) {
    return perform({.kind = OpKind::try_lock,
                    .size = 4,
                    .weak = true,
                    .order = std::memory_order_acquire,
                    .failure_order = std::memory_order_relaxed,
                    .address = this,
                    .site = site})
               .value != 0;
  }

  void unlock(Site site = Site::current()) {
    perform({.kind = OpKind::unlock,
             .size = 4,
             .order = std::memory_order_release,
             .address = this,
             .site = site});
  }
};

}  // namespace heddle::api
