// Stepping through a replayed execution, as a debugger does.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::name;

/// What the reader saw, natively. Not on the scenario's heap: it is about the runs, not in them.
struct Notes {
  int runs = 0;
  int flag = 0;
};

Scenario noted(Notes* notes) {
  return scenario_of("noted", [notes] {
    atomic<int> x{0};
    atomic<int> y{0};
    name(x, "x");
    name(y, "y");
    run_threads(
        [&] {
          x.store(1, relaxed);
          y.store(1, relaxed);
        },
        [&] {
          const int flag = y.load(relaxed);
          ++notes->runs;
          notes->flag = flag;
          api::check(flag == 0 || x.load(relaxed) == 1, "x is set");
        });
  });
}

TEST(StepThrough, CallsTheHookAtEveryStepInOrder) {
  const auto notes = std::make_unique<Notes>();
  const Scenario scenario = noted(notes.get());
  const Result found = check(scenario, {.model = "rc11"});
  ASSERT_TRUE(found.counterexample);
  std::vector<std::uint32_t> steps;
  replay(scenario, *found.counterexample, [&](std::uint32_t step) {
    if (step == 1) *notes = {};  // from here on each thread runs once
    steps.push_back(step);
  });
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 1; i <= found.counterexample->steps.size(); ++i) expected.push_back(i);
  EXPECT_EQ(steps, expected);
  EXPECT_EQ(notes->runs, 1);
  EXPECT_EQ(notes->flag, 1);
}

TEST(StepThrough, WorksForWaitsThatNothingEnds) {
  const Scenario scenario = scenario_of("waits", [] {
    atomic<int> x{0};
    name(x, "x");
    run_threads([&x] { api::await([&x] { return x.load() == 1; }); }, [&x] { x.store(2); });
  });
  const Result found = check(scenario, {});
  ASSERT_TRUE(found.counterexample);
  std::uint32_t last = 0;
  replay(scenario, *found.counterexample, [&last](std::uint32_t step) { last = step; });
  EXPECT_EQ(last, found.counterexample->steps.size());
}

}  // namespace
}  // namespace heddle
