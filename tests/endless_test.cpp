// A thread that computes without an end is found, once and for all, in about five seconds.
#include <gtest/gtest.h>

#include <csignal>
#include <ctime>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

void expect_endless(const Result& result) {
  EXPECT_EQ(result.verdict, Verdict::violated) << result.reason;
  ASSERT_TRUE(result.counterexample.has_value());
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::endless_spin);
}

/// Whoever runs the checker, and the scenario itself, may block all signals.
TEST(EndlessComputations, AreFoundWithSignalsBlocked) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const Result result = check_body([all] {
    sigset_t mine;
    sigprocmask(SIG_BLOCK, &all, &mine);
    api::check(sigismember(&mine, SIGUSR1) == 0, "none is blocked at first");
    volatile bool goes_on = true;
    while (goes_on) {
    }
  });
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, &before, &after);
  expect_endless(result);
  EXPECT_EQ(sigismember(&after, SIGVTALRM), 1) << "as it was";
}

/// Five seconds until the first one is taken for endless; the others behind the same operation,
/// which --simplest and --keep-going come to, take half of a second.
TEST(EndlessComputations, TakeFiveSecondsInAll) {
  const auto body = [] {
    api::atomic<int> x{0};
    const auto add = [&x] { x.fetch_add(1); };
    run_threads(
        [&x] {
          x.fetch_add(1);
          for (volatile int i = 0; i == 0;) i = 0;
        },
        add, add);
  };
  const std::clock_t begin = std::clock();
  const Result result = check_body(body, {.keep_going = true, .simplest = 1000});
  expect_endless(result);
  EXPECT_EQ(result.executions.violating, 6U) << "3! orders";
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 8);
}

}  // namespace
}  // namespace heddle
