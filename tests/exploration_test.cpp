// Programs on which simpler rules of exploration go wrong: see docs/EXPLORATION.md.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// One execution has the CAS of y first. If it fails, the wait ends with x = 0 or with x = 2.
TEST(Exploration, StuckIsCanonicalAtTimes) {
  const auto program = [](bool spins) {
    return [spins] {
      api::atomic<int> x{0};
      api::atomic<int> y{0};
      const auto compare_exchange = [](api::atomic<int>& object, int expected, int desired) {
        object.compare_exchange_strong(expected, desired);
      };
      run_threads(
          [&x, &y, spins] {
            y.fetch_add(1);
            if (!spins) return api::await([&x] { return x.load() != 1; });
            while (x.load() == 1) {
            }
          },
          [&] {
            x.store(1);
            compare_exchange(y, 0, 2);
            compare_exchange(x, 1, 2);
          });
    };
  };
  for (const std::string& model : model_names()) {
    for (const bool spins : {false, true}) {
      const Result result = count_body(program(spins), model);
      EXPECT_EQ(result.verdict, Verdict::holds) << model;
      EXPECT_EQ(result.executions.complete, 3U) << model;
      EXPECT_EQ(result.executions.blocked, spins ? 1U : 0U) << model;
    }
  }
}

}  // namespace
}  // namespace heddle
