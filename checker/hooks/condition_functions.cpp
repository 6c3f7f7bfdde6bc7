// Condition variables of POSIX: the first word of the object has a bit for each sleeper.
#include <pthread.h>

#include <cerrno>
#include <cstring>

#include "checker/hooks/clock.hpp"
#include "checker/hooks/mutex.hpp"
#include "checker/hooks/sleepers.hpp"

namespace {

using heddle::hooks::Caller;
using heddle::hooks::explored;
using heddle::hooks::Sleepers;
using heddle::hooks::Wake;

/// `until`: null if the wait has no end.
int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until,
         const Caller& caller) {
  if (explored() == nullptr) return 0;
  const Sleepers sleepers(condition, caller);
  // In the set before the mutex is free: who has that next can wake this thread.
  sleepers.enqueue();
  heddle::hooks::unlock(mutex, caller);
  const Wake wake = sleepers.sleep(until != nullptr, true);
  if (wake == Wake::timed_out) heddle::hooks::pass_until(until, caller);
  heddle::hooks::lock(mutex, caller);
  return wake == Wake::timed_out ? ETIMEDOUT : 0;
}

}  // namespace

HEDDLE_EXPORT int pthread_cond_init(pthread_cond_t* condition,
                                    const pthread_condattr_t* /*attributes*/) {
  if (explored() != nullptr) {
    explored()->announce(condition, sizeof *condition, false, true, HEDDLE_CALLER);
  }
  std::memset(condition, 0, sizeof *condition);
  return 0;
}
HEDDLE_EXPORT int pthread_cond_destroy(pthread_cond_t* /*condition*/) { return 0; }

HEDDLE_EXPORT int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  return wait(condition, mutex, nullptr, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                         const timespec* time) {
  return wait(condition, mutex, time, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                         clockid_t /*clock*/, const timespec* time) {
  return wait(condition, mutex, time, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_cond_signal(pthread_cond_t* condition) {
  if (explored() != nullptr) Sleepers(condition, HEDDLE_CALLER).wake(1);
  return 0;
}
HEDDLE_EXPORT int pthread_cond_broadcast(pthread_cond_t* condition) {
  if (explored() != nullptr) Sleepers(condition, HEDDLE_CALLER).wake_all();
  return 0;
}
