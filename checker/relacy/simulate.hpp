// simulate: explores a test suite from anywhere, as a Relacy test's main() does.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <sstream>
#include <string>
#include <typeinfo>

#include "checker/relacy/suite.hpp"

namespace rl {

using iteration_t = std::uint64_t;
using string = std::string;
using ostringstream = std::ostringstream;
using istringstream = std::istringstream;

/// How executions are looked for.
enum scheduler_type_e {
  sched_random,  // iteration_count random ones
  sched_bound,   // all of them: every bound on context switches is within that
  sched_full,    // all of them
  sched_count,
  /// All of them, or as many as there is patience for: after 1000 * iteration_count executions,
  /// iteration_count random ones follow, and test_params::exhaustive says so.
  sched_auto = sched_count,

  random_scheduler_type = sched_random,
  fair_context_bound_scheduler_type = sched_bound,
  fair_full_search_scheduler_type = sched_full,
  scheduler_type_count = sched_count,
};

/// "random scheduler", ...
const char* format(scheduler_type_e type);

/// What simulate() is told and tells.
struct test_params {
  test_params();

  // in
  iteration_t iteration_count = 1000;
  std::ostream* output_stream;          // std::cout unless set
  std::ostream* progress_stream;        // std::cout unless set
  unsigned progress_output_period = 3;  // seconds
  bool collect_history = false;         // a counterexample is always there
  bool output_history = false;          // with all steps of a counterexample, also unimportant ones
  scheduler_type_e search_type = sched_auto;
  unsigned context_bound = 1;             // not needed
  unsigned execution_depth_limit = 2000;  // of one execution: four times as many events
  // A final_state: that execution is repeated, nothing else is done. A number: where random
  // executions begin.
  string initial_state;

  // out
  test_result_e test_result = test_result_success;
  iteration_t stop_iteration = 0;  // executions
  string test_name;
  string final_state;  // of a counterexample: its trace, as JSON

  // Ours, in: the memory model, and whether weak compare_exchange and try_lock fail spuriously.
  string model = "cpp20";
  bool spurious = true;
  // Ours, out: whether every execution was explored and none violates a property.
  bool exhaustive = false;
  string message;  // what went wrong, in words
};

namespace detail {

/// A test suite, without its type.
struct Test {
  const char* name;
  void (*body)();
  test_result_e expected;
};

bool simulate(const Test& test, test_params& params);

template <typename Suite>
const char* name_of() {
  const char* name = typeid(Suite).name();
  while (*name >= '0' && *name <= '9') ++name;
  return name;
}

}  // namespace detail

/// Explores the executions of the test and says on params.output_stream what comes out. Returns
/// whether that is what the suite expects. A suite that expects a violation is searched for this
/// kind first; others do not end the search.
template <typename Suite>
bool simulate(test_params& params) {
  return detail::simulate({detail::name_of<Suite>(), run<Suite>, Suite::params::expected_result},
                          params);
}

template <typename Suite>
bool simulate() {
  test_params params;
  return simulate<Suite>(params);
}

using simulate_f = bool (*)(test_params&);

/// A test of one thread that runs `function`, which starts up to `thread_count` threads.
template <void (*function)(), std::size_t thread_count>
struct simulate_thunk : test_suite<simulate_thunk<function, thread_count>, 1> {
  static constexpr std::size_t dynamic_thread_count = thread_count;
  void thread(unsigned) { function(); }
};

template <void (*function)(), std::size_t thread_count>
bool execute(test_params& params) {
  return simulate<simulate_thunk<function, thread_count>>(params);
}

template <void (*function)(), std::size_t thread_count>
bool execute() {
  return simulate<simulate_thunk<function, thread_count>>();
}

}  // namespace rl
