// How a test ended, in Relacy's words.
#pragma once

#include <optional>

#include "checker/property/violation.hpp"

namespace rl {

/// Relacy's results under its names (and with its spelling), one for each kind of violation of
/// ours. The last ones are ours: what Relacy does not tell apart or does not notice.
enum test_result_e {
  test_result_success,
  test_result_until_condition_hit,
  test_result_inconsistent_test_suite,
  test_result_user_assert_failed,
  test_result_user_invariant_failed,
  test_result_data_race,
  test_result_access_to_freed_memory,
  test_result_double_free,
  test_result_memory_leak,
  test_result_resource_leak,
  test_result_unitialized_access,
  test_result_deadlock,
  test_result_livelock,

  test_result_recursion_on_nonrecursive_mutex,
  test_result_unlocking_mutex_wo_ownership,
  test_result_destroying_owned_mutex,
  test_result_double_initialization_of_mutex,
  test_result_usage_of_non_initialized_mutex,
  test_result_mutex_write_to_read_upgrade,
  test_result_mutex_read_to_write_upgrade,

  test_result_double_initialization_of_condvar,
  test_result_usage_of_non_initialized_condvar,

  test_result_double_initialization_of_semaphore,
  test_result_usage_of_non_initialized_semaphore,

  test_result_double_initialization_of_event,
  test_result_usage_of_non_initialized_event,

  test_result_thread_signal,

  test_result_exception,   // one leaves a callback or a thread
  test_result_terminated,  // std::terminate would be called
  test_result_execution_too_long,
  test_result_stack_overflow,
  test_result_crash,
  test_result_nondeterminism,
  test_result_unmodelled_memory,  // threads share memory that is neither rl::atomic nor rl::var
  test_result_unmodelled_call,    // a thread calls the system's own threads, locks, processes, ...
  test_result_count,
};

/// "SUCCESS", "DATA RACE", ...
const char* test_result_str(test_result_e result);

/// The result for a kind of violation.
test_result_e result_of(heddle::ViolationKind kind);

/// The kind that has this result, none for success. (A livelock may also come out as an execution
/// that is too long.)
std::optional<heddle::ViolationKind> violation_of(test_result_e result);

}  // namespace rl
