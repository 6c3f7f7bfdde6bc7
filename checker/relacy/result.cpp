#include "checker/relacy/result.hpp"

#include <array>

namespace rl {
namespace {

using heddle::ViolationKind;

struct Row {
  test_result_e result;
  ViolationKind kind;
  const char* text;
};

constexpr Row rows[] = {
    {test_result_until_condition_hit, ViolationKind::condition_reached, "UNTIL CONDITION HIT"},
    {test_result_inconsistent_test_suite, ViolationKind::misuse, "INCONSISTENT TEST SUITE"},
    {test_result_user_assert_failed, ViolationKind::assertion_failed, "USER ASSERT FAILED"},
    {test_result_user_invariant_failed, ViolationKind::invariant_failed, "USER INVARIANT FAILED"},
    {test_result_data_race, ViolationKind::data_race, "DATA RACE"},
    {test_result_access_to_freed_memory, ViolationKind::use_after_free, "ACCESS TO FREED MEMORY"},
    {test_result_double_free, ViolationKind::double_free, "DOUBLE FREE"},
    {test_result_memory_leak, ViolationKind::leak, "MEMORY LEAK"},
    {test_result_resource_leak, ViolationKind::resource_leak, "RESOURCE LEAK"},
    {test_result_unitialized_access, ViolationKind::uninitialised_read,
     "ACCESS TO UNINITIALIZED VARIABLE"},
    {test_result_deadlock, ViolationKind::deadlock, "DEADLOCK"},
    {test_result_livelock, ViolationKind::endless_spin, "LIVELOCK"},
    {test_result_recursion_on_nonrecursive_mutex, ViolationKind::locked_twice,
     "RECURSION ON NON-RECURSIVE MUTEX"},
    {test_result_unlocking_mutex_wo_ownership, ViolationKind::unlocked_unowned,
     "UNLOCKING MUTEX W/O OWNERSHIP"},
    {test_result_destroying_owned_mutex, ViolationKind::destroyed_locked, "DESTROYING OWNED MUTEX"},
    {test_result_double_initialization_of_mutex, ViolationKind::mutex_initialised_twice,
     "DOUBLE INITIALIZATION OF MUTEX"},
    {test_result_usage_of_non_initialized_mutex, ViolationKind::mutex_uninitialised,
     "USAGE OF NON INITIALIZED MUTEX"},
    {test_result_mutex_write_to_read_upgrade, ViolationKind::exclusive_to_shared,
     "ATTEMPT TO UPGRADE EXCLUSIVE MUTEX OWNERSHIP TO SHARED"},
    {test_result_mutex_read_to_write_upgrade, ViolationKind::shared_to_exclusive,
     "ATTEMPT TO UPGRADE SHARED MUTEX OWNERSHIP TO EXCLUSIVE"},
    {test_result_double_initialization_of_condvar, ViolationKind::condition_initialised_twice,
     "DOUBLE INITIALIZATION OF CONDITION VARIABLE"},
    {test_result_usage_of_non_initialized_condvar, ViolationKind::condition_uninitialised,
     "USAGE OF NON INITIALIZED CONDITION VARIABLE"},
    {test_result_double_initialization_of_semaphore, ViolationKind::semaphore_initialised_twice,
     "DOUBLE INITIALIZATION OF SEMAPHORE"},
    {test_result_usage_of_non_initialized_semaphore, ViolationKind::semaphore_uninitialised,
     "USAGE OF NON INITIALIZED SEMAPHORE"},
    {test_result_double_initialization_of_event, ViolationKind::event_initialised_twice,
     "DOUBLE INITIALIZATION OF EVENT"},
    {test_result_usage_of_non_initialized_event, ViolationKind::event_uninitialised,
     "USAGE OF NON INITIALIZED EVENT"},
    {test_result_thread_signal, ViolationKind::thread_signalled, "SIGNALLED THREAD"},
    {test_result_exception, ViolationKind::escaped_exception, "ESCAPED EXCEPTION"},
    {test_result_terminated, ViolationKind::terminated, "TERMINATE"},
    {test_result_execution_too_long, ViolationKind::step_bound, "EXECUTION TOO LONG"},
    {test_result_stack_overflow, ViolationKind::stack_overflow, "STACK OVERFLOW"},
    {test_result_crash, ViolationKind::crash, "CRASH"},
    {test_result_nondeterminism, ViolationKind::nondeterminism, "NONDETERMINISM"},
    {test_result_unmodelled_memory, ViolationKind::unmodelled_memory, "UNMODELLED MEMORY"},
    {test_result_unmodelled_call, ViolationKind::unmodelled_call, "UNMODELLED CALL"},
};
// Success is no violation, and every kind has a row.
static_assert(std::size(rows) == static_cast<std::size_t>(ViolationKind::misuse) + 1);
static_assert(std::size(rows) == test_result_count - 1);

}  // namespace

const char* test_result_str(test_result_e result) {
  if (result == test_result_success) return "SUCCESS";
  for (const Row& row : rows) {
    if (row.result == result) return row.text;
  }
  return "UNKNOWN RESULT";
}

test_result_e result_of(ViolationKind kind) {
  for (const Row& row : rows) {
    if (row.kind == kind) return row.result;
  }
  return test_result_inconsistent_test_suite;
}

std::optional<ViolationKind> violation_of(test_result_e result) {
  for (const Row& row : rows) {
    if (row.result == result) return row.kind;
  }
  return std::nullopt;
}

}  // namespace rl
