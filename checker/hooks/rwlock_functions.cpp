// Read-write locks of POSIX. The first word counts readers and has a writer; the second says how
// often a writer has left, for readers to be ordered behind.
#include <pthread.h>

#include <cerrno>
#include <cstring>

#include "checker/api/control.hpp"
#include "checker/hooks/word.hpp"
#include "checker/sync/thread_value.hpp"

namespace {

using heddle::api::Failure;
using heddle::hooks::Caller;
using heddle::hooks::explored;
using heddle::hooks::Word;

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;

constexpr std::uint64_t one_reader = 1;
constexpr std::uint64_t writer = 1 << 16;
constexpr std::uint64_t busy = 2 * writer - 1;
constexpr int writers_shift = 32;
constexpr std::uint64_t one_writer_left = std::uint64_t{1} << writers_shift;

// What a thread notes: whether it writes, how often it reads, how many writers had left.
constexpr std::uint64_t writes = 1 << 16;
constexpr std::uint64_t depth = 0xffff;
constexpr std::uint64_t time_out_used = 1 << 20;

/// A lock and the calling thread's record of it.
class Lock {
 public:
  Lock(pthread_rwlock_t* lock, const Caller& caller)
      : word_(lock, 8, caller),
        last_writer_(reinterpret_cast<std::byte*>(lock) + 8, 8, caller),
        record_(heddle::sync::thread_value(lock, word_.site())) {}

  int read(bool waits) {
    if ((record_ & writes) != 0) return waits ? EDEADLK : EBUSY;
    return get(false, waits);
  }
  int write(bool waits) {
    if ((record_ & (writes | depth)) != 0) return waits ? EDEADLK : EBUSY;
    return get(true, waits);
  }

  int timed(bool exclusive) {
    if ((record_ & writes) != 0 || (exclusive && (record_ & depth) != 0)) return EDEADLK;
    if ((record_ & time_out_used) == 0 && heddle::api::choose(2, word_.site()) == 1) {
      record_ |= time_out_used;
      heddle::api::engine(word_.site()).note_bound("at most one time-out per wait");
      heddle::api::assume((word_.load(relaxed) & barred_by(exclusive)) != 0, word_.site());
      return ETIMEDOUT;
    }
    heddle::api::await_or_give_up([&] { return ask(exclusive); }, word_.site());
    enter(exclusive);
    return 0;
  }

  void unlock() {
    if ((record_ & (writes | depth)) == 0) {
      heddle::api::fail(Failure::unlocked_unowned, "a thread unlocks what it does not hold",
                        word_.site());
    }
    if ((record_ & writes) == 0) {
      --record_;
      word_.fetch_sub(one_reader, release);
      return;
    }
    record_ &= ~writes;
    last_writer_.store((record_ >> writers_shift) + 1, release);
    word_.fetch_add(one_writer_left - writer, release);
  }

 private:
  static std::uint64_t barred_by(bool exclusive) { return exclusive ? busy : writer; }

  bool ask(bool exclusive) {
    const auto [word, added] = word_.add_if_clear(
        barred_by(exclusive), exclusive ? writer : one_reader, exclusive ? acquire : relaxed);
    seen_ = word;
    return added;
  }

  int get(bool exclusive, bool waits) {
    if (waits) {
      heddle::api::await([&] { return ask(exclusive); }, word_.site());
    } else if (!ask(exclusive)) {
      return EBUSY;
    }
    enter(exclusive);
    return 0;
  }

  /// A reader is ordered behind the writer that left last, and so behind all writers; not behind
  /// other readers.
  void enter(bool exclusive) {
    const std::uint64_t writers = seen_ >> writers_shift;
    if (!exclusive && writers != 0) {
      heddle::api::await([&] { return last_writer_.load(acquire) == writers; }, word_.site());
    }
    record_ = (record_ & (time_out_used | depth)) | (writers << writers_shift);
    record_ = exclusive ? record_ | writes : record_ + 1;
  }

  Word word_;
  Word last_writer_;
  std::uint64_t& record_;
  std::uint64_t seen_ = 0;  // by the latest ask()
};

}  // namespace

HEDDLE_EXPORT int pthread_rwlock_init(pthread_rwlock_t* lock,
                                      const pthread_rwlockattr_t* /*attributes*/) {
  if (explored() != nullptr) explored()->announce(lock, sizeof *lock, false, true, HEDDLE_CALLER);
  std::memset(lock, 0, sizeof *lock);
  return 0;
}
HEDDLE_EXPORT int pthread_rwlock_destroy(pthread_rwlock_t* /*lock*/) { return 0; }

#define RWLOCK(name, what)                                             \
  HEDDLE_EXPORT int pthread_rwlock_##name(pthread_rwlock_t* lock) {    \
    return explored() == nullptr ? 0 : Lock(lock, HEDDLE_CALLER).what; \
  }
#define TIMED_RWLOCK(name, exclusive)                                                     \
  HEDDLE_EXPORT int pthread_rwlock_timed##name(pthread_rwlock_t* lock, const timespec*) { \
    return explored() == nullptr ? 0 : Lock(lock, HEDDLE_CALLER).timed(exclusive);        \
  }                                                                                       \
  HEDDLE_EXPORT int pthread_rwlock_clock##name(pthread_rwlock_t* lock, clockid_t,         \
                                               const timespec*) {                         \
    return explored() == nullptr ? 0 : Lock(lock, HEDDLE_CALLER).timed(exclusive);        \
  }

RWLOCK(rdlock, read(true))
RWLOCK(wrlock, write(true))
RWLOCK(tryrdlock, read(false))
RWLOCK(trywrlock, write(false))
TIMED_RWLOCK(rdlock, false)
TIMED_RWLOCK(wrlock, true)

HEDDLE_EXPORT int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  if (explored() != nullptr) Lock(lock, HEDDLE_CALLER).unlock();
  return 0;
}
