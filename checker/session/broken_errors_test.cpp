// Failed assertions, threads that end in other ways than returning, and memory that the checker
// can't see.
#include <atomic>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include "checker/session/errors_test_support.hpp"

// What goes wrong here on purpose must reach the checker, not a sanitizer.
#define UNSANITIZED __attribute__((noinline, no_sanitize("address", "undefined")))

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::name;
using api::var;

void assert_on(int most) {
  atomic<int> x{0};
  name(x, "x");
  run_threads([&x] { x.store(1); },
              [&x, most] { api::check(x.load() <= most, "x is not too large"); });
}

struct Closing {
  bool catches = true;
  ~Closing() noexcept(true) {
    try {
      throw std::runtime_error("the queue is closed");
    } catch (const std::exception&) {
      if (!catches) throw_again();
    }
  }
  // The compiler would warn of what is meant.
  [[noreturn]] static void throw_again() { throw; }
};

void throw_from_destructor(bool catches) {
  atomic<int> x{0};
  run_threads([&x, catches] {
    x.store(1);
    const Closing closing{catches};
  });
}

void throw_from_noexcept(bool catches) {
  atomic<int> x{0};
  run_threads([&x, catches] {
    x.store(1);
    const auto act = [catches]() noexcept {
      try {
        throw 7;
      } catch (int) {
        if (!catches) Closing::throw_again();
      }
    };
    act();
  });
}

void call_terminate(bool calls) {
  atomic<int> x{0};
  run_threads([&x, calls] {
    x.store(1);
    if (calls) std::terminate();
  });
}

void throw_from_invariant(int bound) {
  atomic<int> x{0};
  api::invariant([&x, bound] {
    const int seen = x.load();
    if (seen >= bound) throw std::runtime_error("it went up to " + std::to_string(seen));
  });
  run_threads([&x] { x.fetch_add(1); }, [&x] { x.fetch_add(1); });
}

void throw_out(bool catches) {
  atomic<int> x{0};
  run_threads([&x, catches] {
    x.store(1);
    try {
      throw std::runtime_error("the queue is empty");
    } catch (const std::exception&) {
      if (!catches) throw;
    }
  });
}

void throw_number(bool catches) {
  atomic<int> x{0};
  run_threads([&x, catches] {
    x.store(1);
    try {
      throw 7;
    } catch (int) {
      if (!catches) throw;
    }
  });
}

UNSANITIZED int dive(int depth) {
  volatile char frame[4096];
  volatile std::size_t at = 0;  // so that no compiler cuts the frame down
  frame[at] = static_cast<char>(depth);
  return depth == 0 ? 0 : dive(depth - 1) + frame[at];
}

void recurse(int depth) {
  atomic<int> x{0};
  run_threads([&x, depth] {
    x.store(1);
    x.store(dive(depth));
  });
}

UNSANITIZED void write_to(volatile int* place) { *place = 1; }

void write_null(bool null) {
  atomic<int> x{0};
  run_threads([&x, null] {
    x.store(1);
    int local = 0;
    write_to(null ? nullptr : &local);
  });
}

void abort_thread(bool aborts) {
  atomic<int> x{0};
  run_threads([&x, aborts] {
    x.store(1);
    if (aborts) std::abort();
  });
}

/// What the thread does depends on how often it ran. The counter lies where the checker does not
/// look.
void depend_on_runs(int* runs) {
  atomic<int> x{0};
  run_threads([&x, runs] { x.store(++*runs); });
}

void write_elsewhere_by_turns(int* runs) {
  atomic<int> x{0};
  atomic<int> y{0};
  run_threads([&x, &y, runs] { ++*runs % 2 == 0 ? x.store(1) : y.store(1); });
}

void order_by_turns(int* runs) {
  atomic<int> x{0};
  run_threads([&x, runs] { x.store(1, ++*runs % 2 == 0 ? release : relaxed); });
}

void depend_on_choice() {
  atomic<int> x{0};
  run_threads([&x] { x.store(static_cast<int>(api::choose(2))); });
}

/// What a std::atomic is, is no business of the checker's: it sees a locked instruction.
void count_in_standard_atomic(bool uses_it) {
  const auto standard = std::make_unique<std::atomic<int>>(0);
  atomic<int> modelled{0};
  run_threads([&standard, &modelled, uses_it] {
    uses_it ? standard->fetch_add(1) : modelled.fetch_add(1);
  });
}

void lock_standard_mutex(bool standard) {
  const auto known = std::make_unique<std::mutex>();
  api::mutex modelled;
  atomic<int> x{0};
  run_threads([&known, &modelled, &x, standard] {
    x.store(1);
    if (standard) {
      const std::lock_guard guard(*known);
    } else {
      modelled.lock();
      modelled.unlock();
    }
  });
}

std::vector<ErrorCase> failures() {
  const auto exception = ViolationKind::escaped_exception;
  return {
      {.name = "assertion",
       .kind = ViolationKind::assertion_failed,
       .says = {"x is not too large"},
       .at = "2 check",
       .body = [] { assert_on(0); },
       .repaired = [] { assert_on(1); }},
      {.name = "exception",
       .kind = exception,
       .says = {"an exception left the thread: the queue is empty"},
       .at = "1 failure",
       .body = [] { throw_out(false); },
       .repaired = [] { throw_out(true); }},
      {.name = "exception_of_other_type",
       .kind = exception,
       .says = {"an exception that is not a std::exception"},
       .at = "1 failure",
       .body = [] { throw_number(false); },
       .repaired = [] { throw_number(true); }},
      {.name = "exception_in_a_destructor",
       .kind = ViolationKind::terminated,
       .says = {"std::terminate was called: the queue is closed"},
       .at = "1 failure",
       .body = [] { throw_from_destructor(false); },
       .repaired = [] { throw_from_destructor(true); }},
      {.name = "exception_in_a_noexcept_function",
       .kind = ViolationKind::terminated,
       .says = {"std::terminate was called: an exception that is not a std::exception"},
       .at = "1 failure",
       .body = [] { throw_from_noexcept(false); },
       .repaired = [] { throw_from_noexcept(true); }},
      {.name = "terminate_without_exception",
       .kind = ViolationKind::terminated,
       .says = {"std::terminate was called: no exception was thrown"},
       .at = "1 failure",
       .body = [] { call_terminate(true); },
       .repaired = [] { call_terminate(false); }},
      {.name = "exception_in_an_invariant",
       .kind = exception,
       .says = {"an exception left the thread: it went up to 2 (it was thrown in an invariant)"},
       .at = "",
       .body = [] { throw_from_invariant(2); },
       .repaired = [] { throw_from_invariant(3); }},
      {.name = "exception_of_main",
       .kind = exception,
       .says = {"an exception left the thread: too late"},
       .at = "0 failure",
       .body = [] { throw std::runtime_error("too late"); },
       .repaired = [] { throw_out(true); }},
  };
}

std::vector<ErrorCase> broken_scenarios() {
  static int* const runs = new int(0);
  const auto unmodelled = ViolationKind::unmodelled_memory;
  return {
      {.name = "stack_overflow",
       .kind = ViolationKind::stack_overflow,
       .says = {"256 KiB of stack"},
       .at = "1 failure",
       .body = [] { recurse(1000); },
       .repaired = [] { recurse(10); }},
      {.name = "null_write",
       .kind = ViolationKind::crash,
       .says = {"SIGSEGV"},
       .at = "1 failure",
       .body = [] { write_null(true); },
       .repaired = [] { write_null(false); }},
      {.name = "abort",
       .kind = ViolationKind::crash,
       .says = {"SIGABRT"},
       .at = "1 failure",
       .body = [] { abort_thread(true); },
       .repaired = [] { abort_thread(false); }},
      {.name = "other_value",
       .kind = ViolationKind::nondeterminism,
       .says = {"did something else", "broken_errors_test.cpp"},
       .body = [] { depend_on_runs(runs); },
       .repaired = depend_on_choice,
       .repeatable = false},
      {.name = "other_object",
       .kind = ViolationKind::nondeterminism,
       .says = {"did something else", "broken_errors_test.cpp"},
       .body = [] { write_elsewhere_by_turns(runs); },
       .repaired = depend_on_choice,
       .repeatable = false},
      {.name = "other_order",
       .kind = ViolationKind::nondeterminism,
       .says = {"did something else", "broken_errors_test.cpp"},
       .body = [] { order_by_turns(runs); },
       .repaired = depend_on_choice,
       .repeatable = false},
      {.name = "standard_atomic",
       .kind = unmodelled,
       .says = {"are not modelled", "rl::atomic"},
       .at = "1 failure",
       .body = [] { count_in_standard_atomic(true); },
       .repaired = [] { count_in_standard_atomic(false); }},
      {.name = "standard_mutex",
       .kind = ViolationKind::unmodelled_call,
       .says = {"calls pthread_mutex_lock() (used by std::mutex", "use rl::mutex"},
       .at = "1 failure",
       .body = [] { lock_standard_mutex(true); },
       .repaired = [] { lock_standard_mutex(false); }},
  };
}

}  // namespace

std::vector<ErrorCase> broken_cases() { return joined(failures(), broken_scenarios()); }

}  // namespace heddle
