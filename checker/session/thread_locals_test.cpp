// thread_local variables: each thread of a scenario has its own.
#include <gtest/gtest.h>

#include <string>

#include "checker/fiber/sanitizer.hpp"
#include "checker/session/errors_test_support.hpp"

#if defined(__x86_64__) && !defined(HEDDLE_ASAN)

namespace heddle {
namespace {

void expect_holds(const std::function<void()>& body, std::uint64_t executions) {
  const Result result = check_body(body, {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
  EXPECT_EQ(result.executions.complete, executions);
}

thread_local int calls = 0;
thread_local int begun = 7;

TEST(ThreadLocals, AreEachThreadsOwn) {
  expect_holds(
      [] {
        api::atomic<int> x{0};
        const auto work = [&x] {
          for (int i = 0; i < 2; ++i) {
            calls = calls + 1;
            begun = begun + 1;
            x.fetch_add(1);
          }
          api::check(calls == 2 && begun == 9, "they began anew");
        };
        run_threads(work, work);
        api::check(calls == 0 && begun == 7, "the main thread has its own");
      },
      6);
  EXPECT_EQ(calls, 0) << "nor is the test's own changed";
}

TEST(ThreadLocals, AreInitialisedAndDestroyedByTheirThread) {
  struct Guest {
    explicit Guest(api::atomic<int>& counter) : guests(counter), number(guests.fetch_add(1)) {}
    ~Guest() { guests.fetch_sub(1); }
    api::atomic<int>& guests;
    int number;
    std::string text = "too long to lie in the object itself";
  };
  // Two read-modify-writes of each thread: 4! / (2! * 2!) orders.
  expect_holds(
      [] {
        api::atomic<int> guests{0};
        const auto visit = [&guests] {
          static thread_local const Guest guest(guests);
          api::check(guest.number <= 1, "there are two threads");
        };
        run_threads(visit, visit);
        api::check(guests.load() == 0, "all have left");
      },
      6);
}

/// A round that counts is none that waits.
TEST(ThreadLocals, BelongToTheState) {
  expect_holds(
      [] {
        static thread_local signed char rounds = 0;
        api::atomic<int> x{0};
        run_threads([&x] {
          while (x.load() == 0 && ++rounds < 3) {
          }
          api::check(rounds == 3, "nobody stores to x");
        });
      },
      1);
}

TEST(ThreadLocals, OfOthersAreRefused) {
  const Result result = check_body([] {
    api::atomic<int*> place{nullptr};
    run_threads([&place] { place.store(&calls); },
                [&place] {
                  if (int* other = place.load()) *other = 1;
                });
  });
  EXPECT_EQ(result.verdict, Verdict::broken);
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::unmodelled_memory);
}

}  // namespace
}  // namespace heddle

#endif
