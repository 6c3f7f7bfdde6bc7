// Violations that a library of locks, threads and the like reports by itself, with fail().
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// Two threads come in turn; the second one fails.
void fail_second(api::Failure failure, bool repaired) {
  api::atomic<int> users{0};
  api::name(users, "users");
  const auto enter = [&users, failure, repaired] {
    const bool second = users.fetch_add(1) == 1;
    if (second && !repaired) api::fail(failure, "the second one came");
  };
  run_threads(enter, enter);
}

/// The memory of an object is given back, and nobody ends the object's life.
void forget(bool repaired) {
  api::spawn([repaired] {
    char* const memory = new char[sizeof(api::mutex)];
    auto* const m = new (memory) api::mutex;
    api::name(*m, "m");
    if (repaired) m->~mutex();
    delete[] memory;
  });
}

struct Row {
  const char* name;
  api::Failure failure;
  ViolationKind kind;
};

constexpr Row rows[] = {
    {"condition_reached", api::Failure::condition_reached, ViolationKind::condition_reached},
    {"unlocked_unowned", api::Failure::unlocked_unowned, ViolationKind::unlocked_unowned},
    {"locked_twice", api::Failure::locked_twice, ViolationKind::locked_twice},
    {"destroyed_locked", api::Failure::destroyed_locked, ViolationKind::destroyed_locked},
    {"shared_to_exclusive", api::Failure::shared_to_exclusive, ViolationKind::shared_to_exclusive},
    {"exclusive_to_shared", api::Failure::exclusive_to_shared, ViolationKind::exclusive_to_shared},
    {"mutex_initialised_twice", api::Failure::mutex_initialised_twice,
     ViolationKind::mutex_initialised_twice},
    {"mutex_uninitialised", api::Failure::mutex_uninitialised, ViolationKind::mutex_uninitialised},
    {"condition_initialised_twice", api::Failure::condition_initialised_twice,
     ViolationKind::condition_initialised_twice},
    {"condition_uninitialised", api::Failure::condition_uninitialised,
     ViolationKind::condition_uninitialised},
    {"semaphore_initialised_twice", api::Failure::semaphore_initialised_twice,
     ViolationKind::semaphore_initialised_twice},
    {"semaphore_uninitialised", api::Failure::semaphore_uninitialised,
     ViolationKind::semaphore_uninitialised},
    {"event_initialised_twice", api::Failure::event_initialised_twice,
     ViolationKind::event_initialised_twice},
    {"event_uninitialised", api::Failure::event_uninitialised, ViolationKind::event_uninitialised},
    {"thread_signalled", api::Failure::thread_signalled, ViolationKind::thread_signalled},
    {"terminated", api::Failure::terminated, ViolationKind::terminated},
    {"library_leak", api::Failure::resource_leak, ViolationKind::resource_leak},
};

}  // namespace

std::vector<ErrorCase> library_error_cases() {
  std::vector<ErrorCase> cases;
  for (const Row& row : rows) {
    const api::Failure failure = row.failure;
    cases.push_back({.name = row.name,
                     .kind = row.kind,
                     .says = {"the second one came"},
                     .at = "2 failure",
                     .body = [failure] { fail_second(failure, false); },
                     .repaired = [failure] { fail_second(failure, true); }});
  }
  cases.push_back({.name = "resource_leak",
                   .kind = ViolationKind::resource_leak,
                   .says = {"releases the memory of 'm', which was never destroyed"},
                   .at = "1 release m",
                   .other = "1 construct m",
                   .body = [] { forget(false); },
                   .repaired = [] { forget(true); }});
  return cases;
}

}  // namespace heddle
