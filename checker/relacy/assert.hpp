// Properties, choice and yielding under Relacy's names.
#pragma once

#include <cstddef>
#include <cstdint>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/relacy/site.hpp"

/// Reports a violation that quotes the condition if it is false.
#define RL_ASSERT(...) \
  ::heddle::api::check(static_cast<bool>(__VA_ARGS__), "RL_ASSERT(" #__VA_ARGS__ ") failed", $)

/// Relacy checks itself with this; in a test it is an assertion like any other.
#define RL_VERIFY(...) \
  ::heddle::api::check(static_cast<bool>(__VA_ARGS__), "RL_VERIFY(" #__VA_ARGS__ ") failed", $)

/// Ends the test with the result "until condition hit" where the condition is true: a test for a
/// state that should be reachable expects that result.
#define RL_UNTIL(...) ::rl::detail::until(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, $)

/// Leaves a text in the counterexample.
#define RL_LOG(text) ::heddle::api::note(text, $)

namespace rl {

namespace detail {

inline void until(bool condition, const char* text, debug_info info) {
  if (condition) heddle::api::fail(heddle::api::Failure::condition_reached, text, info);
}

}  // namespace detail

using thread_id_t = int;

/// One of 0 .. limit-1. Every value is explored, so it costs a factor of `limit`.
inline unsigned rand(unsigned limit, debug_info info = debug_info::current()) {
  return heddle::api::choose(limit, info);
}

/// Does nothing: the checker recognises spin loops itself, so there is no scheduler to talk to.
inline void yield(unsigned /*rounds*/ = 1, debug_info /*info*/ = {}) {}

/// Number of the thread as thread(index) gets it; before() and after() have 0.
inline unsigned thread_index() {
  const std::uint32_t number = heddle::api::thread_index();
  return number == 0 ? 0 : number - 1;
}

/// Relacy's three backoffs, which all do nothing.
template <unsigned factor, unsigned add>
class backoff_t {
 public:
  void yield(debug_info /*info*/ = {}) {}
};
using backoff = backoff_t<1, 0>;
using linear_backoff = backoff_t<1, 1>;
using exp_backoff = backoff_t<2, 0>;

/// A number below `size` for an address: the same in every execution and every run, since the
/// memory of the threads lies where it lies.
inline std::size_t hash_ptr(const void* address, std::size_t size) {
  auto bits = reinterpret_cast<std::uintptr_t>(address) >> 4;
  bits = (bits ^ bits >> 24) * 0x9e37'79b9'7f4a'7c15;
  return static_cast<std::size_t>(bits >> 20) % size;
}

/// Has all threads execute a seq_cst fence while the caller waits, as Linux's membarrier() and
/// Windows' FlushProcessWriteBuffers(): sync::systemwide_fence().
void systemwide_fence(debug_info info = debug_info::current());

/// The calling thread's errno.
int get_errno(debug_info info = debug_info::current());
void set_errno(int value, debug_info info = debug_info::current());

}  // namespace rl
