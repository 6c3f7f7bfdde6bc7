// Which rounds of a loop come to nothing, and are a wait: those without effects only. In each case
// here, a round that is taken for one hides what is to be found.
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "checker/session/errors_test_support.hpp"

#if defined(__x86_64__)

namespace heddle {
namespace {

using api::atomic;
using api::check;
using api::var;

void expect_violated(const std::function<void()>& body, bool spurious = false) {
  for (const char* model : {"sc", "cpp20"}) {
    const Result result = check_body(body, {.model = model, .spurious = spurious});
    EXPECT_EQ(result.verdict, Verdict::violated) << model << ": " << result.reason;
    ASSERT_TRUE(result.counterexample.has_value());
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed)
        << result.counterexample->violation->message;
  }
}

/// A thread that waits for x counts its rounds in `count`, up to 3. It may have made just one.
template <typename Count, typename Step, typename Read>
void expect_counted(Step step, Read read) {
  expect_violated([step, read] {
    atomic<int> x{0};
    Count count{0};
    run_threads(
        [&] {
          while (x.load() == 0) {
            if (const int rounds = read(count); rounds < 3) step(count, rounds);
          }
          check(read(count) != 1, "one round failed");
        },
        [&x] { x.store(1); });
  });
}

TEST(Rounds, WithAtomicWritesHaveEffects) {
  const auto read = [](atomic<int>& count) { return count.load(); };
  expect_counted<atomic<int>>([](auto& count, int n) { count.store(n + 1); }, read);
  expect_counted<atomic<int>>([](auto& count, int n) { count.exchange(n + 1); }, read);
  expect_counted<atomic<int>>([](auto& count, int n) { count.compare_exchange_strong(n, n + 1); },
                              read);
}

TEST(Rounds, WithPlainWritesOfOtherValuesHaveEffects) {
  expect_counted<var<int>>([](auto& count, int n) { count.set(n + 1); },
                           [](auto& count) { return count.get(); });
}

/// The thread writes to p what it wrote there last; but in between it told the other one that it
/// may write there, too.
TEST(Rounds, WithPlainWritesBehindWhatWasReleasedHaveEffects) {
  expect_violated([] {
    atomic<int> passed{0};
    atomic<int> x{0};
    var<int> p{1};
    run_threads(
        [&] {
          p.set(0);
          passed.store(1, release);
          for (int seen = x.load(acquire); seen != 2; seen = x.load(acquire)) {
            if (seen == 1) p.set(0);
          }
          check(p.get() == 7, "nobody else writes there");
        },
        [&] {
          api::await([&] { return passed.load(acquire) == 1; });
          p.set(7);
          x.store(1, release);
          x.store(2, release);
        });
  });
}

/// Failures for no reason are counted by line: at most 3 in a row, at each of the two.
TEST(Rounds, FailuresOnOtherLinesAreOthers) {
  const auto body = [] {
    atomic<int> x{0};
    for (int failures = 0;; failures += 2) {
      int seen = 0;
      if (x.compare_exchange_weak(seen, 1)) break;
      if (x.compare_exchange_weak(seen, 1)) break;
      check(failures + 2 < 4, "four failures");
    }
  };
  expect_violated(body, true);
}

/// What a thread did up to its crash is looked at as well: the crash may be due to a race.
TEST(Rounds, ThatEndInACrashAreRacesFirst) {
  const auto body = [] {
    const auto block = std::make_unique<int>(0);
    const auto at = [&block] { return static_cast<volatile int*>(block.get()); };
    run_threads([&] { *at() = 2; },
                [&] {
                  if (*at() == 0) __builtin_trap();
                });
  };
  for (const char* model : {"sc", "cpp20"}) {
    const Result result = check_body(body, {.model = model});
    EXPECT_EQ(result.verdict, Verdict::violated) << result.reason;
    ASSERT_TRUE(result.counterexample.has_value());
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::data_race)
        << result.counterexample->violation->message;
  }
}

}  // namespace
}  // namespace heddle

#endif
