// The simplest counterexample: fewest changes of the thread, then fewest events.
#include <gtest/gtest.h>

#include <array>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;

/// Fails if the second thread sees an odd number. The first execution in which it does so is not
/// one of those with the fewest changes.
void odd_number() {
  atomic<int> x{0};
  atomic<int> noise{0};
  name(x, "x");
  run_threads(
      [&] {
        x.store(1);
        noise.store(1);
        x.store(2);
      },
      [&] {
        noise.load();
        api::check(x.load() != 1, "odd");
      });
}

Result simplest_of(std::uint64_t executions) {
  return check_body(odd_number, {.model = "sc", .simplest = executions});
}

TEST(Simplest, IsMinimalIfTheSearchWasExhaustive) {
  const Result result = simplest_of(1000);
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_TRUE(result.counterexample && result.counterexample->simplest);
  // main, thread 1 up to x = 1, thread 2: by hand, no order does with fewer changes.
  EXPECT_EQ(result.counterexample->simplest->switches, 2U);
  EXPECT_TRUE(result.counterexample->simplest->minimal);
  const Result all = count_body(odd_number, "sc");
  EXPECT_EQ(result.executions.violating, all.executions.violating);
  EXPECT_EQ(result.executions.complete, all.executions.complete);
}

TEST(Simplest, IsNotCalledMinimalIfTheSearchEndedEarly) {
  const Result result = simplest_of(1);
  ASSERT_TRUE(result.counterexample && result.counterexample->simplest);
  EXPECT_FALSE(result.counterexample->simplest->minimal);
  EXPECT_EQ(result.executions.complete + result.executions.blocked + result.executions.violating,
            check_body(odd_number, {.model = "sc"}).executions.complete + 1);
}

TEST(Simplest, FirstViolationEndsTheRunUnlessAskedFor) {
  const Result result = simplest_of(0);
  ASSERT_TRUE(result.counterexample);
  EXPECT_FALSE(result.counterexample->simplest);
  EXPECT_EQ(result.executions.violating, 1U);
}

/// Whatever is chosen replays, and its numbers are those of its steps.
TEST(Simplest, Replays) {
  for (const std::uint64_t executions : {1U, 3U, 1000U}) {
    const Result result = simplest_of(executions);
    const trace::Trace& trace = *result.counterexample;
    std::uint32_t switches = 0;
    for (std::size_t i = 1; i < trace.steps.size(); ++i) {
      switches += trace.steps[i].thread != trace.steps[i - 1].thread ? 1 : 0;
    }
    EXPECT_EQ(trace.simplest->switches, switches);
    EXPECT_EQ(trace.simplest->events, trace.steps.size());
    EXPECT_EQ(replay(scenario_of("test", odd_number), trace).verdict, Verdict::violated);
  }
}

/// Both halves of a read-modify-write are one step: a load of the old value comes before it.
TEST(Simplest, ReadModifyWritesAreNotTornApart) {
  const auto body = [] {
    atomic<int> a{0};
    atomic<int> x{0};
    name(x, "x");
    int flag = 0;
    int value = 1;
    const auto writer = api::spawn([&] { a.store(1), x.fetch_add(1); });
    flag = a.load();
    value = x.load();
    api::join(writer);
    api::check(flag == 0 || value == 1, "both or none");
  };
  const Result result = check_body(body, {.model = "sc", .simplest = 1000});
  ASSERT_EQ(result.verdict, Verdict::violated);
  std::uint32_t loaded = 0;
  std::uint32_t added = 0;
  for (std::uint32_t i = 0; i < result.counterexample->steps.size(); ++i) {
    const trace::Step& step = result.counterexample->steps[i];
    if (step.object == "x" && step.operation == "load") loaded = i;
    if (step.object == "x" && step.operation == "fetch_add") added = i;
    EXPECT_FALSE(step.stale);
  }
  EXPECT_LT(loaded, added);
  EXPECT_EQ(result.counterexample->simplest->switches, 4U);  // main, writer, main, writer, main
}

/// Where the orders of one execution are too many to compare, nothing is called minimal.
TEST(Simplest, IsNotCalledMinimalIfOrdersAreTooMany) {
  constexpr int pairs = 7;
  const auto body = [] {
    std::array<atomic<int>, pairs> given;
    std::array<atomic<int>, pairs> free;
    std::array<std::uint32_t, 2 * pairs> threads{};
    for (int i = 0; i < pairs; ++i) given[i].store(0), free[i].store(0);
    for (int i = 0; i < pairs; ++i) {
      threads[i] = api::spawn([&, i] {
        given[i].store(1);
        api::await([&, i] { return free[i].load() == 1; });
      });
    }
    for (int i = 0; i < pairs; ++i) threads[pairs + i] = api::spawn([&, i] { free[i].store(1); });
    for (const std::uint32_t thread : threads) api::join(thread);
    api::check(false, "always");
  };
  const Result result = check_body(body, {.model = "sc", .simplest = 1000});
  ASSERT_TRUE(result.counterexample && result.counterexample->simplest);
  // Fifteen changes would do: main, the second seven, the first seven, main.
  EXPECT_GE(result.counterexample->simplest->switches, 15U);
  EXPECT_EQ(result.counterexample->simplest->minimal,
            result.counterexample->simplest->switches == 15U);
}

}  // namespace
}  // namespace heddle
