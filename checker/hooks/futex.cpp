// The system's futexes, on which atomic waiting is built, and other system calls by number.
#include "checker/hooks/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdint>

#include "checker/api/control.hpp"
#include "checker/hooks/clock.hpp"
#include "checker/hooks/sleepers.hpp"

namespace heddle::hooks {
namespace {

constexpr std::size_t most = 512;

// The sleepers of each address, as data of the program's; and which address that is.
alignas(4096) std::array<std::uint64_t, most> words;
std::array<const void*, most> addresses;

/// The word of an address. Which one, depends only on the address, nearly always.
std::uint64_t* word_of(const void* address, const Caller& caller) {
  auto at = static_cast<std::size_t>(
      (reinterpret_cast<std::uintptr_t>(address) * 0x9e37'79b9'7f4a'7c15) >> 55U);
  for (std::size_t tries = 0; tries < most; ++tries, at = (at + 1) % most) {
    if (addresses[at] == nullptr) addresses[at] = address;
    if (addresses[at] == address) return &words[at];
  }
  api::misuse("a program waits at more than 512 addresses", explored()->site_of(caller));
}

void fence(const Caller& caller) {
  api::fence(std::memory_order_seq_cst, explored()->site_of(caller));
}

/// Sleeps if the word still has the value. In the set first: who changes it and then wakes, wakes
/// this thread.
int wait(const FutexCall& call, const Caller& caller) {
  std::uint32_t* const address = call.address;
  const Sleepers sleepers(word_of(address, caller), caller);
  sleepers.enqueue();
  fence(caller);
  if (Word(address, 4, caller).load(std::memory_order_relaxed) != call.value) {
    sleepers.leave();
    return EAGAIN;
  }
  if (sleepers.sleep(call.time != nullptr, true) != Wake::timed_out) return 0;
  if ((call.operation & FUTEX_CMD_MASK) == FUTEX_WAIT) {
    pass(*call.time, caller);
  } else {
    pass_until(call.time, caller);
  }
  return ETIMEDOUT;
}

int wake(std::uint32_t* address, std::uint32_t count, const Caller& caller) {
  const Sleepers sleepers(word_of(address, caller), caller);
  fence(caller);
  constexpr std::uint32_t all = 64;
  return static_cast<int>(count >= all ? sleepers.wake_all() : sleepers.wake(count));
}

}  // namespace

std::span<std::byte> futex_memory() {
  return {reinterpret_cast<std::byte*>(words.data()), sizeof words};
}

long futex(const FutexCall& call, const Caller& caller) {
  const auto fails_with = [](int error) -> long {
    errno = error;
    return error == 0 ? 0 : -1;
  };
  switch (call.operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
      return fails_with(wait(call, caller));
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return wake(call.address, call.value, caller);
    default:
      api::misuse("a futex is used in a way that can't be explored: only waiting and waking can",
                  explored()->site_of(caller));
  }
}

}  // namespace heddle::hooks

HEDDLE_EXPORT long syscall(long number, ...) {
  const heddle::hooks::Caller caller = HEDDLE_CALLER;
  std::va_list list;
  va_start(list, number);
  long arguments[6];
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  if (heddle::hooks::explored() != nullptr && number == SYS_futex) {
    return heddle::hooks::futex({.address = reinterpret_cast<std::uint32_t*>(arguments[0]),
                                 .operation = static_cast<int>(arguments[1]),
                                 .value = static_cast<std::uint32_t>(arguments[2]),
                                 .time = reinterpret_cast<const timespec*>(arguments[3])},
                                caller);
  }
  long result = 0;
  register long r10 asm("r10") = arguments[3];
  register long r8 asm("r8") = arguments[4];
  register long r9 asm("r9") = arguments[5];
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(arguments[0]), "S"(arguments[1]), "d"(arguments[2]), "r"(r10),
                 "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  if (result < 0 && result > -4096) {
    errno = static_cast<int>(-result);
    return -1;
  }
  return result;
}
