// Locks, condition variables, semaphores and barriers of POSIX for tests.
#pragma once

#include "checker/relacy/site.hpp"
#include "checker/sync/condition_variable.hpp"
#include "checker/sync/initialised.hpp"
#include "checker/sync/lock.hpp"
#include "checker/sync/once.hpp"
#include "checker/sync/semaphore.hpp"

namespace rl {

/// Their values are the system's.
enum RL_POSIX_ERROR_CODE : int {
  RL_SUCCESS = 0,
  RL_EINVAL = 22,
  RL_ETIMEDOUT = 110,
  RL_EBUSY = 16,
  RL_EINTR = 4,
  RL_EAGAIN = 11,
  RL_EWOULDBLOCK = 11,
};

enum RL_PTHREAD_MUTEX_TYPE {
  RL_PTHREAD_MUTEX_NORMAL,
  RL_PTHREAD_MUTEX_ERRORCHECK,
  RL_PTHREAD_MUTEX_RECURSIVE,
  RL_PTHREAD_MUTEX_DEFAULT,
};

struct rl_pthread_mutexattr_t {
  bool is_recursive_ = false;
};

namespace detail {

using Lock = heddle::sync::initialised<heddle::sync::owner_lock, heddle::sync::mutex_kind>;

/// A lock that a static initialiser may begin.
struct StaticLock : Lock {
  using Lock::Lock;
  enum Static { statically, statically_recursive };
  StaticLock(Static how, debug_info info = debug_info::current())
      : StaticLock(heddle::sync::LockTraits{.recursive = how == statically_recursive}, info) {}
  /// As a BasicLockable, for condition variables.
  void lock(debug_info info) { get(info).lock(heddle::sync::Ownership::exclusive, info); }
  void unlock(debug_info info) { get(info).unlock(heddle::sync::Ownership::exclusive, info); }

 protected:
  StaticLock(heddle::sync::LockTraits traits, debug_info info) : Lock(info) {
    init_statically(info, traits);
  }
};

/// A barrier that tells the last thread of a round.
class Barrier {
 public:
  Barrier(unsigned count, debug_info info)
      : count_(count, info), left_(count, info), phase_(0, info) {}
  bool wait(debug_info info);

 private:
  heddle::api::var<unsigned> count_;
  heddle::api::atomic<unsigned> left_;
  heddle::api::atomic<unsigned> phase_;
};

}  // namespace detail

struct rl_pthread_mutex_t : detail::StaticLock {
  using StaticLock::StaticLock;
};
struct rl_pthread_rwlock_t : detail::StaticLock {
  using StaticLock::StaticLock;
  rl_pthread_rwlock_t(Static /*how*/, debug_info info = debug_info::current())
      : StaticLock({.shared = true, .shared_recursive = true}, info) {}
};
struct rl_pthread_spinlock_t : detail::StaticLock {
  using StaticLock::StaticLock;
};
struct rl_pthread_cond_t
    : heddle::sync::initialised<heddle::sync::condition_variable, heddle::sync::condition_kind> {
  using initialised::initialised;
  rl_pthread_cond_t(detail::StaticLock::Static /*how*/, debug_info info = debug_info::current())
      : initialised(info) {
    init_statically(info);
  }
};
using rl_pthread_condattr_t = int;
using rl_sem_t = heddle::sync::initialised<heddle::sync::semaphore, heddle::sync::semaphore_kind>;

int rl_pthread_mutexattr_init(rl_pthread_mutexattr_t* attributes, debug_info info);
int rl_pthread_mutexattr_destroy(rl_pthread_mutexattr_t* attributes, debug_info info);
int rl_pthread_mutexattr_settype(rl_pthread_mutexattr_t* attributes, int type, debug_info info);

int rl_pthread_mutex_init(rl_pthread_mutex_t* mutex, const rl_pthread_mutexattr_t* attributes,
                          debug_info info);
int rl_pthread_mutex_destroy(rl_pthread_mutex_t* mutex, debug_info info);
int rl_pthread_mutex_lock(rl_pthread_mutex_t* mutex, debug_info info);
int rl_pthread_mutex_timedlock(rl_pthread_mutex_t* mutex, const void* time, debug_info info);
int rl_pthread_mutex_try_lock(rl_pthread_mutex_t* mutex, debug_info info);
int rl_pthread_mutex_unlock(rl_pthread_mutex_t* mutex, debug_info info);

int rl_pthread_rwlock_init(rl_pthread_rwlock_t* lock, const void* attributes, debug_info info);
int rl_pthread_rwlock_destroy(rl_pthread_rwlock_t* lock, debug_info info);
int rl_pthread_rwlock_rdlock(rl_pthread_rwlock_t* lock, debug_info info);
int rl_pthread_rwlock_tryrdlock(rl_pthread_rwlock_t* lock, debug_info info);
int rl_pthread_rwlock_timedrdlock(rl_pthread_rwlock_t* lock, const void* time, debug_info info);
int rl_pthread_rwlock_wrlock(rl_pthread_rwlock_t* lock, debug_info info);
int rl_pthread_rwlock_trywrlock(rl_pthread_rwlock_t* lock, debug_info info);
int rl_pthread_rwlock_timedwrlock(rl_pthread_rwlock_t* lock, const void* time, debug_info info);
int rl_pthread_rwlock_unlock(rl_pthread_rwlock_t* lock, debug_info info);

int rl_pthread_spin_init(rl_pthread_spinlock_t* lock, int shared, debug_info info);
int rl_pthread_spin_destroy(rl_pthread_spinlock_t* lock, debug_info info);
int rl_pthread_spin_lock(rl_pthread_spinlock_t* lock, debug_info info);
int rl_pthread_spin_trylock(rl_pthread_spinlock_t* lock, debug_info info);
int rl_pthread_spin_unlock(rl_pthread_spinlock_t* lock, debug_info info);

int rl_pthread_cond_init(rl_pthread_cond_t* condition, const rl_pthread_condattr_t* attributes,
                         debug_info info);
int rl_pthread_cond_destroy(rl_pthread_cond_t* condition, debug_info info);
int rl_pthread_cond_broadcast(rl_pthread_cond_t* condition, debug_info info);
int rl_pthread_cond_signal(rl_pthread_cond_t* condition, debug_info info);
int rl_pthread_cond_wait(rl_pthread_cond_t* condition, rl_pthread_mutex_t* mutex, debug_info info);
int rl_pthread_cond_timedwait(rl_pthread_cond_t* condition, rl_pthread_mutex_t* mutex,
                              const void* time, debug_info info);

int rl_sem_init(rl_sem_t* semaphore, int shared, unsigned count, debug_info info);
int rl_sem_destroy(rl_sem_t* semaphore, debug_info info);
/// Fails with EINTR once per thread, semaphore and execution, in another branch.
int rl_sem_wait(rl_sem_t* semaphore, debug_info info);
int rl_sem_trywait(rl_sem_t* semaphore, debug_info info);
int rl_sem_timedwait(rl_sem_t* semaphore, const void* time, debug_info info);
int rl_sem_post(rl_sem_t* semaphore, debug_info info);
int rl_sem_getvalue(rl_sem_t* semaphore, int* value, debug_info info);

struct rl_pthread_barrier_t : heddle::sync::initialised<detail::Barrier, heddle::sync::mutex_kind> {
  using initialised::initialised;
};
inline constexpr int RL_PTHREAD_BARRIER_SERIAL_THREAD = -1;
int rl_pthread_barrier_init(rl_pthread_barrier_t* barrier, const void* attributes, unsigned count,
                            debug_info info);
int rl_pthread_barrier_destroy(rl_pthread_barrier_t* barrier, debug_info info);
int rl_pthread_barrier_wait(rl_pthread_barrier_t* barrier, debug_info info);

}  // namespace rl
