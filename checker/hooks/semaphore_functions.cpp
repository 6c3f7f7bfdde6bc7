// Semaphores of POSIX: the first word of the object is the count.
#include <semaphore.h>

#include <cerrno>
#include <cstring>

#include "checker/api/control.hpp"
#include "checker/hooks/clock.hpp"
#include "checker/hooks/word.hpp"
#include "checker/sync/thread_value.hpp"

namespace {

using heddle::hooks::Caller;
using heddle::hooks::explored;
using heddle::hooks::Word;

constexpr std::uint64_t any = 0xffff'ffff;
constexpr std::uint64_t minus_one = ~std::uint64_t{0};

Word count_of(sem_t* semaphore, const Caller& caller) { return {semaphore, 4, caller}; }

bool take(const Word& count) {
  return count.add_if_set(any, minus_one, std::memory_order_acquire).added;
}

int fail_with(int error) {
  errno = error;
  return -1;
}

int wait_timed(sem_t* semaphore, const timespec* until, const Caller& caller) {
  const Word count = count_of(semaphore, caller);
  std::uint64_t& timed_out = heddle::sync::thread_value(semaphore, count.site());
  if (timed_out == 0 && heddle::api::choose(2, count.site()) == 1) {
    timed_out = 1;
    heddle::api::engine(count.site()).note_bound("at most one time-out per wait");
    heddle::api::assume(count.load(std::memory_order_relaxed) == 0, count.site());
    heddle::hooks::pass_until(until, caller);
    return fail_with(ETIMEDOUT);
  }
  heddle::api::await_or_give_up([&] { return take(count); }, count.site());
  return 0;
}

}  // namespace

HEDDLE_EXPORT int sem_init(sem_t* semaphore, int /*shared*/, unsigned count) {
  if (explored() != nullptr) {
    explored()->announce(semaphore, sizeof *semaphore, false, true, HEDDLE_CALLER);
  }
  std::memset(semaphore, 0, sizeof *semaphore);
  std::memcpy(semaphore, &count, sizeof count);
  return 0;
}
HEDDLE_EXPORT int sem_destroy(sem_t* /*semaphore*/) { return 0; }

HEDDLE_EXPORT int sem_wait(sem_t* semaphore) {
  if (explored() == nullptr) return 0;
  const Word count = count_of(semaphore, HEDDLE_CALLER);
  heddle::api::await([&] { return take(count); }, count.site());
  return 0;
}
HEDDLE_EXPORT int sem_trywait(sem_t* semaphore) {
  if (explored() == nullptr) return 0;
  return take(count_of(semaphore, HEDDLE_CALLER)) ? 0 : fail_with(EAGAIN);
}
HEDDLE_EXPORT int sem_timedwait(sem_t* semaphore, const timespec* time) {
  return explored() == nullptr ? 0 : wait_timed(semaphore, time, HEDDLE_CALLER);
}
HEDDLE_EXPORT int sem_clockwait(sem_t* semaphore, clockid_t /*clock*/, const timespec* time) {
  return explored() == nullptr ? 0 : wait_timed(semaphore, time, HEDDLE_CALLER);
}
HEDDLE_EXPORT int sem_post(sem_t* semaphore) {
  if (explored() == nullptr) return 0;
  count_of(semaphore, HEDDLE_CALLER).fetch_add(1, std::memory_order_release);
  return 0;
}
HEDDLE_EXPORT int sem_getvalue(sem_t* semaphore, int* value) {
  if (explored() == nullptr) return 0;
  const Caller caller = HEDDLE_CALLER;
  const auto count = count_of(semaphore, caller).load(std::memory_order_relaxed);
  explored()->announce(value, sizeof *value, false, true, caller);
  *value = static_cast<int>(count);
  return 0;
}
