#include "checker/relacy/posix_sync.hpp"

#include "checker/relacy/assert.hpp"
#include "checker/relacy/memory_order.hpp"

namespace rl {

using heddle::sync::LockTraits;
using heddle::sync::Ownership;
using heddle::sync::Wake;
using enum heddle::sync::Ownership;

bool detail::Barrier::wait(debug_info info) {
  const unsigned phase = phase_.load(mo_relaxed, info);
  if (left_.fetch_sub(1, mo_acq_rel, info) == 1) {
    left_.store(count_.get(info), mo_relaxed, info);
    phase_.store(phase + 1, mo_release, info);
    return true;
  }
  heddle::api::await([&] { return phase_.load(mo_acquire, info) != phase; }, info);
  return false;
}

int rl_pthread_mutexattr_init(rl_pthread_mutexattr_t* attributes, debug_info /*info*/) {
  if (attributes == nullptr) return RL_EINVAL;
  *attributes = {};
  return 0;
}

int rl_pthread_mutexattr_destroy(rl_pthread_mutexattr_t* attributes, debug_info /*info*/) {
  return attributes == nullptr ? RL_EINVAL : 0;
}

int rl_pthread_mutexattr_settype(rl_pthread_mutexattr_t* attributes, int type,
                                 debug_info /*info*/) {
  if (attributes == nullptr) return RL_EINVAL;
  attributes->is_recursive_ = type == RL_PTHREAD_MUTEX_RECURSIVE;
  return 0;
}

int rl_pthread_mutex_init(rl_pthread_mutex_t* mutex, const rl_pthread_mutexattr_t* attributes,
                          debug_info info) {
  mutex->init(info, LockTraits{.recursive = attributes != nullptr && attributes->is_recursive_});
  return 0;
}

int rl_pthread_mutex_destroy(rl_pthread_mutex_t* mutex, debug_info info) {
  mutex->deinit(info);
  return 0;
}

int rl_pthread_mutex_lock(rl_pthread_mutex_t* mutex, debug_info info) {
  mutex->lock(info);
  return 0;
}

int rl_pthread_mutex_timedlock(rl_pthread_mutex_t* mutex, const void* /*time*/, debug_info info) {
  return mutex->get(info).lock_timed(exclusive, info) ? 0 : RL_ETIMEDOUT;
}

int rl_pthread_mutex_try_lock(rl_pthread_mutex_t* mutex, debug_info info) {
  return mutex->get(info).try_lock(exclusive, info) ? 0 : RL_EBUSY;
}

int rl_pthread_mutex_unlock(rl_pthread_mutex_t* mutex, debug_info info) {
  mutex->unlock(info);
  return 0;
}

int rl_pthread_rwlock_init(rl_pthread_rwlock_t* lock, const void* /*attributes*/, debug_info info) {
  lock->init(info, LockTraits{.shared = true, .shared_recursive = true});
  return 0;
}

int rl_pthread_rwlock_destroy(rl_pthread_rwlock_t* lock, debug_info info) {
  lock->deinit(info);
  return 0;
}

int rl_pthread_rwlock_rdlock(rl_pthread_rwlock_t* lock, debug_info info) {
  lock->get(info).lock(shared, info);
  return 0;
}

int rl_pthread_rwlock_tryrdlock(rl_pthread_rwlock_t* lock, debug_info info) {
  return lock->get(info).try_lock(shared, info) ? 0 : RL_EBUSY;
}

int rl_pthread_rwlock_timedrdlock(rl_pthread_rwlock_t* lock, const void* /*time*/,
                                  debug_info info) {
  return lock->get(info).lock_timed(shared, info) ? 0 : RL_ETIMEDOUT;
}

int rl_pthread_rwlock_wrlock(rl_pthread_rwlock_t* lock, debug_info info) {
  lock->get(info).lock(exclusive, info);
  return 0;
}

int rl_pthread_rwlock_trywrlock(rl_pthread_rwlock_t* lock, debug_info info) {
  return lock->get(info).try_lock(exclusive, info) ? 0 : RL_EBUSY;
}

int rl_pthread_rwlock_timedwrlock(rl_pthread_rwlock_t* lock, const void* /*time*/,
                                  debug_info info) {
  return lock->get(info).lock_timed(exclusive, info) ? 0 : RL_ETIMEDOUT;
}

int rl_pthread_rwlock_unlock(rl_pthread_rwlock_t* lock, debug_info info) {
  heddle::sync::owner_lock& object = lock->get(info);
  object.unlock(object.owned(info) ? exclusive : shared, info);
  return 0;
}

int rl_pthread_spin_init(rl_pthread_spinlock_t* lock, int /*shared*/, debug_info info) {
  lock->init(info, LockTraits{});
  return 0;
}

int rl_pthread_spin_destroy(rl_pthread_spinlock_t* lock, debug_info info) {
  lock->deinit(info);
  return 0;
}

int rl_pthread_spin_lock(rl_pthread_spinlock_t* lock, debug_info info) {
  lock->lock(info);
  return 0;
}

int rl_pthread_spin_trylock(rl_pthread_spinlock_t* lock, debug_info info) {
  return lock->get(info).try_lock(exclusive, info) ? 0 : RL_EBUSY;
}

int rl_pthread_spin_unlock(rl_pthread_spinlock_t* lock, debug_info info) {
  lock->unlock(info);
  return 0;
}

int rl_pthread_cond_init(rl_pthread_cond_t* condition, const rl_pthread_condattr_t* /*attributes*/,
                         debug_info info) {
  condition->init(info);
  return 0;
}

int rl_pthread_cond_destroy(rl_pthread_cond_t* condition, debug_info info) {
  condition->deinit(info);
  return 0;
}

int rl_pthread_cond_broadcast(rl_pthread_cond_t* condition, debug_info info) {
  condition->get(info).notify_all(info);
  return 0;
}

int rl_pthread_cond_signal(rl_pthread_cond_t* condition, debug_info info) {
  condition->get(info).notify_one(info);
  return 0;
}

int rl_pthread_cond_wait(rl_pthread_cond_t* condition, rl_pthread_mutex_t* mutex, debug_info info) {
  condition->get(info).wait(*mutex, info);
  return 0;
}

int rl_pthread_cond_timedwait(rl_pthread_cond_t* condition, rl_pthread_mutex_t* mutex,
                              const void* /*time*/, debug_info info) {
  const Wake wake =
      condition->get(info).sleep(*mutex, {.timed = true, .may_be_spurious = true}, info);
  return wake == Wake::timed_out ? RL_ETIMEDOUT : 0;
}

int rl_sem_init(rl_sem_t* semaphore, int /*shared*/, unsigned count, debug_info info) {
  semaphore->init(info, count);
  return 0;
}

int rl_sem_destroy(rl_sem_t* semaphore, debug_info info) {
  semaphore->deinit(info);
  return 0;
}

int rl_sem_wait(rl_sem_t* semaphore, debug_info info) {
  heddle::sync::semaphore& object = semaphore->get(info);
  // The key differs from the object's own, which counts time-outs.
  std::uint64_t& interrupted =
      heddle::sync::thread_value(reinterpret_cast<const char*>(&object) + 1, info);
  if (interrupted == 0 && heddle::api::choose(2, info) == 1) {
    interrupted = 1;
    set_errno(RL_EINTR, info);
    return -1;
  }
  object.take(info);
  return 0;
}

int rl_sem_trywait(rl_sem_t* semaphore, debug_info info) {
  if (semaphore->get(info).try_take(info)) return 0;
  set_errno(RL_EAGAIN, info);
  return -1;
}

int rl_sem_timedwait(rl_sem_t* semaphore, const void* /*time*/, debug_info info) {
  if (semaphore->get(info).take_timed(info)) return 0;
  set_errno(RL_ETIMEDOUT, info);
  return -1;
}

int rl_sem_post(rl_sem_t* semaphore, debug_info info) {
  semaphore->get(info).give(1, info);
  return 0;
}

int rl_sem_getvalue(rl_sem_t* semaphore, int* value, debug_info info) {
  *value = static_cast<int>(semaphore->get(info).count(info));
  return 0;
}

int rl_pthread_barrier_init(rl_pthread_barrier_t* barrier, const void* /*attributes*/,
                            unsigned count, debug_info info) {
  if (count == 0) return RL_EINVAL;
  barrier->init(info, count);
  return 0;
}

int rl_pthread_barrier_destroy(rl_pthread_barrier_t* barrier, debug_info info) {
  barrier->deinit(info);
  return 0;
}

int rl_pthread_barrier_wait(rl_pthread_barrier_t* barrier, debug_info info) {
  return barrier->get(info).wait(info) ? RL_PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

}  // namespace rl
