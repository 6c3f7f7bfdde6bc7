// test_suite and run: a Relacy test as the body of a scenario.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "checker/api/control.hpp"
#include "checker/relacy/assert.hpp"
#include "checker/relacy/result.hpp"
#include "checker/relacy/run_hook.hpp"
#include "checker/sync/thread.hpp"

namespace rl {

/// Threads that one scenario may have beside its main thread.
inline constexpr unsigned max_thread_count = 64;

namespace detail {

/// What a test does where it says nothing else.
struct SuiteDefaults {
  void before() {}
  void after() {}
  void invariant() {}
};

}  // namespace detail

/// Base of a test with `thread_count` threads: `struct x : rl::test_suite<x, 2> { void
/// thread(unsigned); }`. `result` is how simulate() should find it to end.
///
/// A test may further have `before()` and `after()`, run alone ahead of and behind the threads, and
/// `invariant()`, which must hold in every state in between. It may also have
/// `unsigned thread_count() const`, which then counts instead of the template argument: our
/// extension, for numbers of threads that a user sets.
template <typename Derived, thread_id_t static_threads, test_result_e result = test_result_success>
struct test_suite : detail::SuiteDefaults {
  /// How many threads the test starts by itself, at most. Only Relacy needs to know.
  static constexpr thread_id_t dynamic_thread_count = 0;

  struct params {
    static constexpr thread_id_t static_thread_count = static_threads;
    static constexpr thread_id_t dynamic_thread_count =
        static_cast<thread_id_t>(Derived::dynamic_thread_count);
    static constexpr thread_id_t thread_count = static_thread_count + dynamic_thread_count;
    static constexpr test_result_e expected_result = result;
  };

  test_suite() = default;
  test_suite(const test_suite&) = delete;
  test_suite& operator=(const test_suite&) = delete;
};

namespace detail {

template <typename Suite>
unsigned thread_count_of(const Suite& suite) {
  if constexpr (requires { suite.thread_count(); }) {
    return suite.thread_count();
  } else {
    return static_cast<unsigned>(Suite::params::static_thread_count);
  }
}

/// Whether the suite has an invariant of its own: one that says nothing is not worth its events.
template <typename Suite>
constexpr bool has_invariant() {
  if constexpr (requires { &Suite::invariant; }) {
    return !std::is_same_v<decltype(&Suite::invariant), void (SuiteDefaults::*)()>;
  } else {
    return true;  // overloaded
  }
}

/// The suite alone, between the beginnings and ends of what the program uses.
template <typename Suite>
void run_suite() {
  // On the heap, so that a stray access after its end is an access to a released block.
  const auto owner = std::make_unique<Suite>();
  Suite* suite = owner.get();
  const unsigned count = detail::thread_count_of(*suite);
  if (count == 0) heddle::api::misuse("a test suite needs at least one thread, this one has none");
  if (count > max_thread_count) {
    heddle::api::misuse("a test suite may have at most 64 threads, this one asks for more");
  }
  suite->before();
  if constexpr (has_invariant<Suite>()) {
    heddle::api::invariant([suite] { suite->invariant(); });
  }
  std::uint32_t threads[max_thread_count];
  for (unsigned i = 0; i < count; ++i) {
    threads[i] = heddle::sync::start_thread([suite, i] {
      suite->thread(i);
      // As in Relacy, after() comes behind all threads, also those that nobody joined.
      heddle::sync::join_children();
    });
  }
  heddle::sync::leave_interruptible();
  for (unsigned i = 0; i < count; ++i) heddle::api::join(threads[i]);
  suite->after();
}

}  // namespace detail

/// Runs the test `Suite` once, from its constructor to its destructor. Fits Scenario::body.
template <typename Suite>
void run() {
  RunHook::begin_all();
  detail::run_suite<Suite>();
  RunHook::end_all();
}

}  // namespace rl
