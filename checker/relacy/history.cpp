#include "checker/relacy/history.hpp"

#include <cstdio>

namespace rl {
namespace {

using heddle::api::Failure;

struct Row {
  test_result_e result;
  Failure failure;
};

/// The results that a test can fail with directly.
constexpr Row rows[] = {
    {test_result_until_condition_hit, Failure::condition_reached},
    {test_result_user_assert_failed, Failure::assertion},
    {test_result_resource_leak, Failure::resource_leak},
    {test_result_recursion_on_nonrecursive_mutex, Failure::locked_twice},
    {test_result_unlocking_mutex_wo_ownership, Failure::unlocked_unowned},
    {test_result_destroying_owned_mutex, Failure::destroyed_locked},
    {test_result_double_initialization_of_mutex, Failure::mutex_initialised_twice},
    {test_result_usage_of_non_initialized_mutex, Failure::mutex_uninitialised},
    {test_result_mutex_write_to_read_upgrade, Failure::exclusive_to_shared},
    {test_result_mutex_read_to_write_upgrade, Failure::shared_to_exclusive},
    {test_result_double_initialization_of_condvar, Failure::condition_initialised_twice},
    {test_result_usage_of_non_initialized_condvar, Failure::condition_uninitialised},
    {test_result_double_initialization_of_semaphore, Failure::semaphore_initialised_twice},
    {test_result_usage_of_non_initialized_semaphore, Failure::semaphore_uninitialised},
    {test_result_double_initialization_of_event, Failure::event_initialised_twice},
    {test_result_usage_of_non_initialized_event, Failure::event_uninitialised},
    {test_result_thread_signal, Failure::thread_signalled},
    {test_result_terminated, Failure::terminated},
};

constexpr const char* introduction = "fail_test: ";

/// "fail_test: DATA RACE"
std::string introduced(test_result_e result) {
  return std::string(introduction) + test_result_str(result);
}

}  // namespace

void fail_test(const char* text, test_result_e result, const debug_info& info) {
  if (text == nullptr || *text == 0) text = "the test says so";
  for (const Row& row : rows) {
    if (row.result == result) return heddle::api::fail(row.failure, text, info);
  }
  // In memory of its own, since an allocation would be one of the test.
  char message[256];
  std::snprintf(message, sizeof(message), "%s%s (%s)", introduction, test_result_str(result), text);
  heddle::api::fail(Failure::assertion, message, info);
}

std::optional<test_result_e> result_in(const std::string& message) {
  for (int i = test_result_success + 1; i < test_result_count; ++i) {
    const auto result = static_cast<test_result_e>(i);
    if (message.starts_with(introduced(result) + " (")) return result;
  }
  return std::nullopt;
}

std::ostream& operator<<(std::ostream& stream, debug_info_param info) {
  return stream << info.func_ << ", " << info.file_ << '(' << info.line_ << ')';
}

}  // namespace rl
