// What the search over states says of scenarios, as a user of the session sees it.
#include "checker/states/state_search.hpp"

#include <gtest/gtest.h>

#include "checker/api/api.hpp"
#include "checker/session/session.hpp"

namespace heddle {
namespace {

Result search(const std::function<void()>& body, Options options = {}) {
  options.model = "sc";
  options.search = Search::states;
  return check({.name = "test", .body = body}, options);
}

template <typename... Bodies>
void run_threads(Bodies... bodies) {
  const std::uint32_t numbers[] = {api::spawn(bodies)...};
  for (const std::uint32_t number : numbers) api::join(number);
}

/// Each of `threads` threads stores once to an object of its own, which main reads in the end.
void independent(int threads) {
  api::atomic<int> x[4] = {0, 0, 0, 0};
  std::uint32_t numbers[4];
  for (int i = 0; i < threads; ++i) {
    numbers[i] = api::spawn([&x, i] { x[i].store(1); });
  }
  for (int i = 0; i < threads; ++i) api::join(numbers[i]);
  for (int i = 0; i < threads; ++i) api::check(x[i].load() == 1, "stored");
}

/// By hand: a state for each set of threads that have done their steps, and one behind each load of
/// main's. Its joins come at once.
TEST(StateSearch, OfIndependentThreadsHasAStatePerSubset) {
  EXPECT_EQ(search([] { independent(2); }).states, 4U + 2);
  EXPECT_EQ(search([] { independent(3); }).states, 8U + 3);
  EXPECT_EQ(search([] { independent(4); }).states, 16U + 4);
}

/// Two threads add 1 to a counter n times each: (n + 1)^2 pairs of how often, by hand, and one
/// state behind main's load.
TEST(StateSearch, OfCountersHasAStatePerPair) {
  for (const int n : {1, 3, 10}) {
    const Result result = search([n] {
      api::atomic<int> counter{0};
      const auto add = [&counter, n] {
        for (int i = 0; i < n; ++i) counter.fetch_add(1);
      };
      run_threads(add, add);
      api::check(counter.load() == 2 * n, "all are counted");
    });
    EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
    EXPECT_EQ(result.states, static_cast<std::uint64_t>((n + 1) * (n + 1) + 1));
    EXPECT_EQ(result.executions.complete, 1U);
  }
}

/// There are 155 million orders, and 16 states of each thread: no enumeration of executions comes
/// to an end.
TEST(StateSearch, ComesToAnEndWhereExecutionsDoNot) {
  const Result result = search([] {
    api::atomic<int> counter{0};
    const auto toggle = [&counter] {
      for (int i = 0; i < 15; ++i) counter.fetch_xor(1);
    };
    run_threads(toggle, toggle);
    api::check(counter.load() == 0, "an even number of times");
  });
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.states, 257U);
}

/// A loop that writes in each round has no end of its own, but a state recurs.
TEST(StateSearch, EndsLoopsThatWrite) {
  const Result result = search([] {
    api::atomic<bool> stop{false};
    api::atomic<unsigned> beat{0};
    run_threads(
        [&] {
          while (!stop.load()) beat.fetch_xor(1);
        },
        [&] {
          beat.load();
          stop.store(true);
        });
  });
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
}

TEST(StateSearch, FindsWhatWaitsForEver) {
  const Result result = search([] {
    api::atomic<int> x{0};
    run_threads([&] { api::await([&] { return x.load() == 2; }); }, [&] { x.store(1); });
  });
  ASSERT_EQ(result.verdict, Verdict::violated) << result.reason;
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::deadlock);
}

/// Two plain writes that no state has next to each other if steps are done at once: they are found
/// although each thread does its own together with the step before.
TEST(StateSearch, FindsRacesOfStepsThatAreDoneAtOnce) {
  const auto body = [](bool joined) {
    api::atomic<int> x{0};
    api::var<int> data{0};
    const std::uint32_t first = api::spawn([&] {
      x.fetch_add(1);
      data.set(1);
    });
    if (joined) api::join(first);
    const std::uint32_t second = api::spawn([&] {
      x.fetch_add(1);
      data.set(2);
    });
    if (!joined) api::join(first);
    api::join(second);
  };
  const Result racing = search([&] { body(false); });
  ASSERT_EQ(racing.verdict, Verdict::violated) << racing.reason;
  EXPECT_EQ(racing.counterexample->violation->kind, ViolationKind::data_race);
  EXPECT_EQ(search([&] { body(true); }).verdict, Verdict::holds);
}

/// A thread that goes round with its own choices must not keep others from theirs.
TEST(StateSearch, LetsOthersGoOnBesideAThreadThatOnlyChooses) {
  const Result result = search([] {
    api::atomic<int> x{0};
    run_threads(
        [] {
          while (api::choose(2) == 0) {
          }
        },
        [&] { x.store(1); }, [&] { api::check(x.load() == 0, "too late"); });
  });
  ASSERT_EQ(result.verdict, Verdict::violated) << result.reason;
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed);
}

TEST(StateSearch, IsForModelsWithStates) {
  try {
    check({.name = "test", .body = [] {}}, {.model = "ra", .search = Search::states});
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "model 'ra' can't be searched by states; models that can: sc");
  }
}

/// Whatever the others do besides.
TEST(StateSearch, DoesNotGoOnBehindAViolation) {
  const auto body = [] {
    api::atomic<int> x{0};
    run_threads([] { api::check(false, "never"); },
                [&] {
                  x.store(1);
                  x.store(2);
                },
                [&] { x.load(); });
  };
  EXPECT_EQ(search(body, {.keep_going = true}).executions.violating, 1U);
  const Result graphs = check({.name = "test", .body = body}, {.model = "sc", .keep_going = true});
  EXPECT_EQ(graphs.executions.violating, 3U);
}

TEST(StateSearch, TakesLoopsThatCanBeLeftToBeLeft) {
  const Result result = search([] {
    api::atomic<int> wants[2] = {0, 0};
    const auto enter = [&wants](int me) {
      for (;;) {
        wants[me].store(1);
        if (wants[1 - me].load() == 0) break;
        wants[me].store(0);
      }
      wants[me].store(0);
    };
    run_threads([&] { enter(0); }, [&] { enter(1); });
  });
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
}

TEST(StateSearch, SaysThatItDoesNotLookAtInvariants) {
  const Result result = search([] {
    api::atomic<int> x{0};
    api::invariant([&x] { api::check(x.load() < 2, "small"); });
    run_threads([&] { x.fetch_add(1); });
  });
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_NE(result.reason.find("invariant"), std::string::npos) << result.reason;
}

void many_states() {
  api::atomic<int> counters[3] = {0, 0, 0};
  std::uint32_t numbers[3];
  for (int i = 0; i < 3; ++i) {
    numbers[i] = api::spawn([&counters, i] {
      for (int round = 0; round < 60; ++round) counters[i].fetch_add(1);
    });
  }
  for (const std::uint32_t number : numbers) api::join(number);
  for (const auto& counter : counters) api::check(counter.load() == 60, "counted");
}

TEST(StateSearch, EndsAtALimitOfMemory) {
  const Result result = search(many_states, {.memory = std::uint64_t{1} << 20});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.reason, "the limit of 1 MiB for states was reached");
}

TEST(StateSearch, EndsAtALimitOfSteps) {
  const Result result = search(many_states, {.steps = 100});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.reason, "a way has more than 100 steps");
}

}  // namespace
}  // namespace heddle
