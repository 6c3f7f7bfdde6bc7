// Clocks and sleeps. Each thread has a time of its own, which moves on where it sleeps, where a
// wait times out, and with each look at it: nobody else's steps take any.
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "checker/hooks/clock.hpp"
#include "checker/hooks/exported.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::hooks {
namespace {

constexpr std::uint64_t second = 1'000'000'000;  // in nanoseconds
constexpr std::uint64_t begin = 1'000'000 * second;
constexpr std::uint64_t look = second / 1000;

std::uint64_t& elapsed(const Caller& caller) {
  static const char key = 0;
  return sync::thread_value(&key, explored()->site_of(caller));
}

std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * second +
         static_cast<std::uint64_t>(time.tv_nsec);
}

}  // namespace

void pass(const timespec& duration, const Caller& caller) {
  elapsed(caller) += nanoseconds(duration);
}

void pass_until(const timespec* time, const Caller& caller) {
  if (time == nullptr) return;
  std::uint64_t& mine = elapsed(caller);
  const std::uint64_t until = nanoseconds(*time);
  if (until > begin + mine) mine = until - begin;
}

timespec now(const Caller& caller) {
  std::uint64_t& mine = elapsed(caller);
  mine += look;
  const std::uint64_t time = begin + mine;
  return {.tv_sec = static_cast<time_t>(time / second),
          .tv_nsec = static_cast<long>(time % second)};
}

}  // namespace heddle::hooks

using namespace heddle::hooks;

namespace {

long real_call(long number, long a, long b) {
  long result = 0;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b) : "rcx", "r11", "memory");
  return result;
}
constexpr long call_clock_gettime = 228;

}  // namespace

HEDDLE_EXPORT int clock_gettime(clockid_t clock, timespec* result) {
  const Caller caller = HEDDLE_CALLER;
  if (explored() == nullptr) {
    return static_cast<int>(real_call(call_clock_gettime, clock, reinterpret_cast<long>(result)));
  }
  const timespec time = now(caller);
  explored()->announce(result, sizeof *result, false, true, caller);
  *result = time;
  return 0;
}

HEDDLE_EXPORT time_t time(time_t* result) {
  timespec time{};
  if (explored() != nullptr) {
    time = now(HEDDLE_CALLER);
  } else {
    real_call(call_clock_gettime, CLOCK_REALTIME, reinterpret_cast<long>(&time));
  }
  if (result != nullptr) *result = time.tv_sec;
  return time.tv_sec;
}

HEDDLE_EXPORT int gettimeofday(timeval* result, void* /*zone*/) {
  timespec time{};
  if (explored() != nullptr) {
    const Caller caller = HEDDLE_CALLER;
    time = now(caller);
    explored()->announce(result, sizeof *result, false, true, caller);
  } else {
    real_call(call_clock_gettime, CLOCK_REALTIME, reinterpret_cast<long>(&time));
  }
  result->tv_sec = time.tv_sec;
  result->tv_usec = time.tv_nsec / 1000;
  return 0;
}

HEDDLE_EXPORT int nanosleep(const timespec* duration, timespec* /*left*/) {
  if (explored() != nullptr) pass(*duration, HEDDLE_CALLER);
  return 0;
}
HEDDLE_EXPORT int clock_nanosleep(clockid_t /*clock*/, int flags, const timespec* time,
                                  timespec* /*left*/) {
  if (explored() == nullptr) return 0;
  if ((flags & TIMER_ABSTIME) != 0) {
    pass_until(time, HEDDLE_CALLER);
  } else {
    pass(*time, HEDDLE_CALLER);
  }
  return 0;
}
HEDDLE_EXPORT int usleep(useconds_t microseconds) {
  if (explored() != nullptr) {
    pass({.tv_sec = microseconds / 1'000'000, .tv_nsec = microseconds % 1'000'000 * 1000},
         HEDDLE_CALLER);
  }
  return 0;
}
HEDDLE_EXPORT unsigned sleep(unsigned seconds) {
  if (explored() != nullptr) pass({.tv_sec = seconds, .tv_nsec = 0}, HEDDLE_CALLER);
  return 0;
}
