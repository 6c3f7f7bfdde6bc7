// Loops that only wait cost what awaits cost, and locks cost their orders.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// `count` threads raise a flag for each other: with an await or with a loop.
void pass_on(int count, bool spins) {
  api::atomic<int> turn{0};
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < count; ++i) {
    numbers.push_back(api::spawn([&turn, i, spins] {
      if (spins) {
        while (turn.load(acquire) != i) {
        }
      } else {
        api::await([&] { return turn.load(acquire) == i; });
      }
      turn.store(i + 1, release);
    }));
  }
  for (const std::uint32_t number : numbers) api::join(number);
}

/// Several values end the wait, so the number of executions depends on which are told apart.
void wait_for_any(bool spins) {
  api::atomic<int> x{0};
  run_threads([&x] { x.store(1), x.store(2), x.store(3); },
              [&x, spins] {
                if (spins) {
                  while (x.load() == 0) {
                  }
                } else {
                  api::await([&x] { return x.load() != 0; });
                }
              });
}

TEST(SpinLoops, CostWhatAwaitsCost) {
  for (const std::string& model : model_names()) {
    for (const bool spins : {false, true}) {
      const Result chain = count_body([spins] { pass_on(4, spins); }, model);
      EXPECT_EQ(chain.verdict, Verdict::holds);
      EXPECT_EQ(chain.executions.complete, 1U);
      EXPECT_EQ(chain.executions.blocked, 0U);
      const Result any = count_body([spins] { wait_for_any(spins); }, model);
      EXPECT_EQ(any.verdict, Verdict::holds);
      EXPECT_EQ(any.executions.complete, 3U);
    }
  }
}

/// A loop that does something else in each round is no wait: it ends by its own count.
TEST(SpinLoops, ThatCountAreNoWaits) {
  const auto body = [] {
    api::atomic<bool> flag{false};
    run_threads([&flag] {
      int rounds = 0;
      while (!flag.load() && rounds < 5) ++rounds;
      api::check(rounds == 5, "nobody raises the flag");
    });
  };
  const Result result = count_body(body, "rc11");
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 1U);
}

TEST(Locks, ExecutionsAreOrdersOfTheLocks) {
  const auto body = [](int threads) {
    return [threads] {
      api::mutex m;
      std::vector<std::uint32_t> numbers;
      for (int i = 0; i < threads; ++i) {
        numbers.push_back(api::spawn([&m] { m.lock(), m.unlock(); }));
      }
      for (const std::uint32_t number : numbers) api::join(number);
    };
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body(body(2), model).executions.complete, 2U);
    EXPECT_EQ(count_body(body(3), model).executions.complete, 6U);
    EXPECT_EQ(count_body(body(4), model).executions.complete, 24U);
  }
}

}  // namespace
}  // namespace heddle
