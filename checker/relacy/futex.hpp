// Linux' futex for tests.
#pragma once

#include <ctime>

#include "checker/relacy/assert.hpp"
#include "checker/relacy/atomic.hpp"
#include "checker/relacy/posix_sync.hpp"

namespace rl {

enum RL_FUTEX_OP { RL_FUTEX_WAIT, RL_FUTEX_WAKE };

namespace detail {

/// Sleeps if the value is `expected`. Compared and queued in one step, as the system does.
template <typename T>
int futex_wait(atomic<T>& word, T expected, bool timed, debug_info info) {
  heddle::sync::wait_queue& queue = word.sleepers();
  queue.enqueue(info);
  heddle::api::fence(mo_seq_cst, info);
  if (word.load(mo_acquire, info) != expected) {
    heddle::api::skip_unless(queue.leave(info), info);
    return RL_EWOULDBLOCK;
  }
  const heddle::sync::Wake wake = queue.sleep({.timed = timed, .may_be_spurious = true}, info);
  heddle::api::fence(mo_seq_cst, info);
  if (wake == heddle::sync::Wake::timed_out) return RL_ETIMEDOUT;
  return wake == heddle::sync::Wake::spurious ? RL_EINTR : 0;
}

}  // namespace detail

/// Returns 0 or an error (not -1 and errno), or for FUTEX_WAKE how many were woken. Calls of the
/// system order memory: what is done before a wake happens before what follows the wait.
template <typename T>
int rl_futex(atomic<T>* word, int operation, int value, const std::timespec* timeout,
             atomic<T>* /*other*/, int /*value3*/, debug_info info) {
  if (operation == RL_FUTEX_WAIT) {
    return detail::futex_wait(*word, static_cast<T>(value), timeout != nullptr, info);
  }
  if (operation != RL_FUTEX_WAKE) return RL_EINVAL;
  if (value <= 0) return 0;
  heddle::api::fence(mo_seq_cst, info);
  return static_cast<int>(word->notify(static_cast<std::uint32_t>(value), info));
}
/// With the null pointers that callers write.
template <typename T>
int rl_futex(atomic<T>* word, int operation, int value, const std::timespec* timeout, int, int,
             debug_info info) {
  return rl_futex<T>(word, operation, value, timeout, static_cast<atomic<T>*>(nullptr), 0, info);
}

}  // namespace rl
