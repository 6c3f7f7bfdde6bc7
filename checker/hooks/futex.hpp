// The system's futexes.
#pragma once

#include <time.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "checker/hooks/exported.hpp"

namespace heddle::hooks {

/// Arguments of the system call. `time`: of the time-out, or null.
struct FutexCall {
  std::uint32_t* address = nullptr;
  int operation = 0;
  std::uint32_t value = 0;
  const timespec* time = nullptr;
};

/// Returns what syscall() does, and sets errno.
long futex(const FutexCall& call, const Caller& caller);

/// Where it is noted who sleeps: to be a part of the program's data.
std::span<std::byte> futex_memory();

}  // namespace heddle::hooks
