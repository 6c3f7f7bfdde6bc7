// Mutexes and spin locks of POSIX. The first word of the object is the lock; who has it how often,
// each thread knows by itself.
#include <pthread.h>

#include <cerrno>
#include <cstring>

#include "checker/api/control.hpp"
#include "checker/hooks/mutex.hpp"
#include "checker/hooks/word.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::hooks {
namespace {

constexpr std::uint64_t depth = 0xffff;
constexpr std::uint64_t time_out_used = 1 << 16;

/// glibc's kinds of mutexes; others behave as the default.
int kind_of(pthread_mutex_t* mutex, const Caller& caller) {
  int& kind = mutex->__data.__kind;
  explored()->announce(&kind, sizeof kind, true, false, caller);
  return kind & 3;
}

Word word_of(pthread_mutex_t* mutex, const Caller& caller) {
  return {&mutex->__data.__lock, sizeof(int), caller};
}

std::uint64_t& record_of(const pthread_mutex_t* mutex, const Caller& caller) {
  return sync::thread_value(mutex, explored()->site_of(caller));
}

/// What locking gives that the thread holds already: 0 where it gets it once more; -1: it does not
/// hold it, or nobody cares.
int lock_again(pthread_mutex_t* mutex, const Caller& caller) {
  const int kind = kind_of(mutex, caller);
  std::uint64_t& record = record_of(mutex, caller);
  if ((record & depth) == 0) return -1;
  if (kind == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
  if (kind != PTHREAD_MUTEX_RECURSIVE) return -1;
  ++record;
  return 0;
}

}  // namespace

int lock(pthread_mutex_t* mutex, const Caller& caller) {
  if (const int again = lock_again(mutex, caller); again >= 0) return again;
  word_of(mutex, caller).lock();
  ++record_of(mutex, caller);
  return 0;
}

int try_lock(pthread_mutex_t* mutex, const Caller& caller) {
  const int again = lock_again(mutex, caller);
  if (again >= 0) return again == 0 ? 0 : EBUSY;
  if (!word_of(mutex, caller).try_lock()) return EBUSY;
  ++record_of(mutex, caller);
  return 0;
}

int lock_timed(pthread_mutex_t* mutex, const Caller& caller) {
  if (const int again = lock_again(mutex, caller); again >= 0) return again;
  const Word word = word_of(mutex, caller);
  std::uint64_t& record = record_of(mutex, caller);
  if ((record & time_out_used) == 0 && api::choose(2, word.site()) == 1) {
    record |= time_out_used;
    api::assume(word.load(std::memory_order_relaxed) != 0, word.site());
    return ETIMEDOUT;
  }
  api::await_or_give_up([&] { return word.try_lock(); }, word.site());
  ++record;
  return 0;
}

int unlock(pthread_mutex_t* mutex, const Caller& caller) {
  const int kind = kind_of(mutex, caller);
  std::uint64_t& record = record_of(mutex, caller);
  if ((record & depth) == 0 && kind == PTHREAD_MUTEX_ERRORCHECK) return EPERM;
  if ((record & depth) > 1) {
    --record;
    return 0;
  }
  word_of(mutex, caller).unlock();
  record &= ~depth;
  return 0;
}

namespace {

/// Writes all of an object that is new, or old.
void fill(void* object, std::size_t bytes, const Caller& caller) {
  explored()->announce(object, bytes, false, true, caller);
  std::memset(object, 0, bytes);
}

}  // namespace
}  // namespace heddle::hooks

using heddle::hooks::explored;
using heddle::hooks::Word;

HEDDLE_EXPORT int pthread_mutex_init(pthread_mutex_t* mutex,
                                     const pthread_mutexattr_t* attributes) {
  int type = PTHREAD_MUTEX_DEFAULT;
  if (attributes != nullptr) pthread_mutexattr_gettype(attributes, &type);
  if (explored() != nullptr) heddle::hooks::fill(mutex, sizeof *mutex, HEDDLE_CALLER);
  std::memset(mutex, 0, sizeof *mutex);
  mutex->__data.__kind = type;
  return 0;
}

HEDDLE_EXPORT int pthread_mutex_destroy(pthread_mutex_t* mutex) {
  if (explored() == nullptr) return 0;
  const heddle::hooks::Caller caller = HEDDLE_CALLER;
  const Word word{&mutex->__data.__lock, sizeof(int), caller};
  if (word.load(std::memory_order_relaxed) != 0) {
    heddle::api::fail(heddle::api::Failure::destroyed_locked,
                      "a mutex is destroyed while it is held", word.site());
  }
  return 0;
}

HEDDLE_EXPORT int pthread_mutex_lock(pthread_mutex_t* mutex) {
  return explored() == nullptr ? 0 : heddle::hooks::lock(mutex, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  return explored() == nullptr ? 0 : heddle::hooks::try_lock(mutex, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* /*time*/) {
  return explored() == nullptr ? 0 : heddle::hooks::lock_timed(mutex, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t /*clock*/,
                                          const timespec* /*time*/) {
  return explored() == nullptr ? 0 : heddle::hooks::lock_timed(mutex, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  return explored() == nullptr ? 0 : heddle::hooks::unlock(mutex, HEDDLE_CALLER);
}

namespace {

Word word_of(pthread_spinlock_t* lock, const heddle::hooks::Caller& caller) {
  return {const_cast<int*>(lock), sizeof *lock, caller};
}

}  // namespace

HEDDLE_EXPORT int pthread_spin_init(pthread_spinlock_t* lock, int /*shared*/) {
  if (explored() != nullptr) {
    explored()->announce(const_cast<int*>(lock), sizeof *lock, false, true, HEDDLE_CALLER);
  }
  *lock = 0;
  return 0;
}
HEDDLE_EXPORT int pthread_spin_destroy(pthread_spinlock_t* /*lock*/) { return 0; }
HEDDLE_EXPORT int pthread_spin_lock(pthread_spinlock_t* lock) {
  if (explored() != nullptr) word_of(lock, HEDDLE_CALLER).lock();
  return 0;
}
HEDDLE_EXPORT int pthread_spin_trylock(pthread_spinlock_t* lock) {
  if (explored() == nullptr) return 0;
  return word_of(lock, HEDDLE_CALLER).try_lock() ? 0 : EBUSY;
}
HEDDLE_EXPORT int pthread_spin_unlock(pthread_spinlock_t* lock) {
  if (explored() != nullptr) word_of(lock, HEDDLE_CALLER).unlock();
  return 0;
}
