// Loops that poll with an effect or a memory of their rounds: no waits, and without an end. What
// else there is is explored, and nothing is claimed.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::check;
using api::var;

/// A producer fills a slot under a mutex, and announces it only then; the main thread looks under
/// the mutex until it is full.
void poll_under_mutex(bool wrongly) {
  api::mutex m;
  var<int> full{0};
  atomic<bool> announced{false};
  const auto producer = api::spawn([&] {
    m.lock();
    full.set(1);
    m.unlock();
    announced.store(true);
  });
  for (bool got = false; !got;) {
    m.lock();
    got = full.get() == 1;
    m.unlock();
  }
  if (wrongly) check(announced.load(), "what is there was announced");
  api::join(producer);
}

/// A failed round comes back for another look, but a counter tells the rounds apart.
void poll_and_count(bool wrongly) {
  atomic<int> slot{0};
  atomic<bool> announced{false};
  const auto producer = api::spawn([&] { slot.store(7), announced.store(true); });
  volatile int misses = 0;
  while (slot.load() == 0) misses = misses + 1;
  if (wrongly) check(announced.load(), "what is there was announced");
  api::join(producer);
}

/// Somebody who works until he is told to stop.
void work_until_stopped(bool wrongly) {
  atomic<bool> stop{false};
  atomic<int> done{0};
  const auto worker = api::spawn([&] {
    while (!stop.load(relaxed)) done.fetch_add(1, relaxed);
  });
  stop.store(true, relaxed);
  if (wrongly) check(done.load(relaxed) == 0, "nothing was done");
  api::join(worker);
}

struct Case {
  const char* name;
  void (*body)(bool wrongly);
  const char* effect;  // of a round
};

constexpr Case cases[] = {
    {"under a mutex", poll_under_mutex, "locks 'mutex@"},
    {"counting", poll_and_count, "memory"},
    {"working", work_until_stopped, "writes 'atomic@"},
};

TEST(PollingLoops, HideNoBug) {
  for (const Case& each : cases) {
    for (const std::string& model : model_names()) {
      const Result result = check_body([&] { each.body(true); }, {.model = model});
      EXPECT_EQ(result.verdict, Verdict::violated) << each.name << ", " << model;
      ASSERT_TRUE(result.counterexample) << each.name;
      EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed);
      EXPECT_LT(result.events, 2000U) << each.name << ", " << model;
    }
  }
}

TEST(PollingLoops, AreCutAndCountedApart) {
  for (const Case& each : cases) {
    const Result result = check_body([&] { each.body(false); }, {.model = "sc"});
    EXPECT_EQ(result.verdict, Verdict::incomplete) << each.name;
    EXPECT_EQ(result.executions.violating, 0U) << each.name;
    EXPECT_EQ(result.executions.cut, 1U) << each.name;
    // Up to 101 rounds that find nothing, the first of which is not idle.
    EXPECT_EQ(result.executions.complete, 102U) << each.name;
    for (const char* part : {"polls in a loop at ", "polling_loops_test.cpp:", each.effect}) {
      EXPECT_NE(result.reason.find(part), std::string::npos) << result.reason;
    }
    EXPECT_FALSE(result.whole);
  }
}

/// What a cut execution is can be seen, and run again.
TEST(PollingLoops, CanBeReplayedUpToTheCut) {
  for (const Case& each : cases) {
    const Scenario scenario = scenario_of("test", [&] { each.body(false); });
    const Result result = check(scenario, {.model = "sc"});
    ASSERT_TRUE(result.counterexample) << each.name;
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::step_bound);
    const Result replayed = replay(scenario, *result.counterexample);
    EXPECT_EQ(replayed.verdict, Verdict::incomplete) << each.name;
  }
}

/// A loop that ends by itself is explored as written, however often it repeats itself once nobody
/// else can go on.
TEST(PollingLoops, ThatEndByThemselvesAreExploredAsWritten) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&x] {
      volatile int rounds = 0;
      while (rounds < 150 && x.load() == 0) rounds = rounds + 1;
      check(rounds == 150, "nobody writes");
    });
  };
  const Result result = check_body(body, {.model = "cpp20"});
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
  EXPECT_EQ(result.executions.complete, 1U);
}

/// Behind a cut other executions are explored, but not without end.
TEST(StepBound, EndsASearchThatFindsNothing) {
  const auto body = [] {
    for (;;) api::choose(2);
  };
  const Result result = check_body(body, {.model = "sc", .steps = 600});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.reason, "the execution has more than 600 events");
  EXPECT_GE(result.executions.cut, 1000U);
  EXPECT_LE(result.executions.cut, 1001U);
}

}  // namespace
}  // namespace heddle
