// What ends an exploration early, what refuses to begin, and random walks.
#include <gtest/gtest.h>

#include <stdexcept>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::var;

/// n! executions under both models.
void count_up(int threads) {
  atomic<int> x{0};
  for (int i = 0; i < threads; ++i) api::spawn([&x] { x.fetch_add(1); });
  for (int i = 1; i <= threads; ++i) api::join(static_cast<std::uint32_t>(i));
}

void race() {
  var<int> data{0};
  run_threads([&] { data.set(1); }, [&] { data.set(2); });
}

/// In one of the four orders of the stores each thread has the last word once.
void overwrite() {
  atomic<int> x{0};
  atomic<int> y{0};
  run_threads([&] { x.store(1), y.store(1); }, [&] { x.store(2), y.store(2); });
  api::check(!(x.load() == 1 && y.load() == 2), "one thread has the last word");
}

Scenario with_parameter() {
  Scenario scenario = scenario_of("parameters", [] {
    api::check(api::parameter("size") == 3 && api::parameter("speed") == 7, "as set");
  });
  scenario.parameters = {{.name = "size", .initial = 2, .least = 1, .most = 4, .help = ""},
                         {.name = "speed", .initial = 7, .least = -5, .most = 9, .help = ""}};
  return scenario;
}

/// The message of the std::invalid_argument that check() throws, or "" if it throws none.
std::string refusal(const Scenario& scenario, const Options& options) {
  try {
    check(scenario, options);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in: " << text;
  }
}

TEST(Limits, OfExecutions) {
  const Result result = check_body([] { count_up(4); }, {.executions = 10});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.executions.complete, 10U);
  expect_parts(result.reason, {"10 executions"});
  EXPECT_FALSE(result.counterexample);
}

TEST(Limits, OfExecutionsThatSufficeChangeNothing) {
  const Result exact = check_body([] { count_up(4); }, {.executions = 24});
  EXPECT_EQ(exact.verdict, Verdict::holds) << exact.reason;
  EXPECT_EQ(exact.executions.complete, 24U);
  EXPECT_EQ(exact.reason, "");
  const Result one_less = check_body([] { count_up(4); }, {.executions = 23});
  EXPECT_EQ(one_less.verdict, Verdict::incomplete);
  EXPECT_EQ(one_less.executions.complete, 23U);
}

/// Blocked executions count, too: a scenario that assumes everything away must not run for ever.
TEST(Limits, OfExecutionsIncludeBlockedOnes) {
  const auto body = [] {
    api::choose(100);
    api::assume(false);
  };
  const Result result = check_body(body, {.executions = 7});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.executions.blocked, 7U);
}

TEST(Limits, OfSeconds) {
  const Result result = check_body([] { count_up(12); }, {.seconds = 0.05});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  expect_parts(result.reason, {"0.05 seconds"});
  EXPECT_LT(result.seconds, 30.0);
}

TEST(Limits, AHookEndsTheRun) {
  int calls = 0;
  const Result result =
      check(scenario_of("large", [] { count_up(12); }), {}, [&calls](const Progress& progress) {
        ++calls;
        EXPECT_GE(progress.explored, 0.0);
        EXPECT_LE(progress.explored, 1.0);
        return calls < 2;
      });
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  expect_parts(result.reason, {"interrupted"});
}

TEST(Limits, ARandomSearchTellsHowFarItIs) {
  double last = 0;
  Options options;
  options.strategy = "random";
  options.executions = 1'000'000'000;  // so the hook ends it
  check(scenario_of("large", [] { count_up(12); }), options, [&last](const Progress& progress) {
    EXPECT_GE(progress.explored, last);
    last = progress.explored;
    return last == 0;
  });
  EXPECT_GT(last, 0.0);
  EXPECT_LT(last, 1.0);
}

class Models : public testing::TestWithParam<const char*> {};

TEST_P(Models, AStepBoundLeavesTheRunIncomplete) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&x] {
      for (int i = 0; i < 50; ++i) x.store(i);
    });
  };
  for (const bool keep_going : {false, true}) {
    const Result result =
        check_body(body, {.model = GetParam(), .keep_going = keep_going, .steps = 20});
    EXPECT_EQ(result.verdict, Verdict::incomplete);
    expect_parts(result.reason, {"20 events"});
  }
  EXPECT_EQ(check_body(body, {.model = GetParam(), .steps = 100}).verdict, Verdict::holds);
}

/// Some executions are short enough, but that says nothing about the long one.
TEST_P(Models, AStepBoundThatOnlySomeExecutionsHit) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&x] { x.store(1); },
                [&x] {
                  if (x.load() == 0) return;
                  for (int i = 0; i < 50; ++i) x.store(i);
                });
  };
  const Result result = check_body(body, {.model = GetParam(), .keep_going = true, .steps = 30});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  expect_parts(result.reason, {"30 events"});
}

/// A bug in another execution is a bug all the same.
TEST_P(Models, AViolationBeatsTheStepBound) {
  const auto body = [] {
    const bool loops = api::choose(2) == 0;
    atomic<int> x{0};
    for (int i = 0; i < 50 && loops; ++i) x.store(i);
    api::check(loops, "it loops");
  };
  const Result result = check_body(body, {.model = GetParam(), .keep_going = true, .steps = 20});
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_TRUE(result.counterexample && result.counterexample->violation);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed);
}

TEST_P(Models, RandomWalksRepeatWithTheirSeed) {
  for (const std::uint64_t seed : {1U, 2U, 77U}) {
    const Options options{.model = GetParam(),
                          .strategy = "random",
                          .keep_going = true,
                          .seed = seed,
                          .executions = 200};
    const Result first = check_body(overwrite, options);
    const Result second = check_body(overwrite, options);
    EXPECT_EQ(first.executions.complete, second.executions.complete);
    EXPECT_EQ(first.executions.violating, second.executions.violating);
    EXPECT_EQ(first.events, second.events);
    ASSERT_TRUE(first.counterexample && second.counterexample);
    EXPECT_EQ(to_json(*first.counterexample), to_json(*second.counterexample));
    EXPECT_GT(first.executions.complete, 0U);
    EXPECT_GT(first.executions.violating, 0U);
  }
}

TEST_P(Models, RandomWalksFindAnEasyBug) {
  const Result result = check_body(race, {.model = GetParam(), .strategy = "random"});
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::data_race);
  EXPECT_EQ(result.executions.violating, 1U);
}

/// What a random walk finds can be run again like any other finding.
TEST_P(Models, RandomFindingsReplay) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Scenario scenario = scenario_of("overwrite", overwrite);
    const Result result =
        check(scenario, {.model = GetParam(), .strategy = "random", .seed = seed});
    ASSERT_TRUE(result.counterexample);
    const std::string json = to_json(*result.counterexample);
    EXPECT_EQ(to_json(*replay(scenario, trace::from_json(json)).counterexample), json);
  }
}

TEST_P(Models, RandomWalksProveNothing) {
  const Result result = check_body([] { count_up(2); },
                                   {.model = GetParam(), .strategy = "random", .executions = 50});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_NE(result.reason, "");
  EXPECT_EQ(result.executions.complete, 50U);
}

INSTANTIATE_TEST_SUITE_P(In, Models, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& which) { return std::string(which.param); });

TEST(Refusals, ListWhatThereIs) {
  const Scenario scenario = with_parameter();
  expect_parts(refusal(scenario, {.model = "rc12"}), {"rc12", "sc", "tso", "ra", "rc11", "cpp20"});
  expect_parts(refusal(scenario, {.settings = {{"sise", 3}}}),
               {"parameters", "sise", "size", "speed"});
  expect_parts(refusal(scenario, {.settings = {{"size", 5}}}), {"size", "1", "4", "5"});
  expect_parts(refusal(scenario, {.settings = {{"size", 0}}}), {"size", "1", "4", "0"});
  expect_parts(refusal(scenario, {.settings = {{"speed", -6}}}), {"speed", "-5", "9", "-6"});
  expect_parts(refusal(scenario_of("plain", race), {.settings = {{"size", 1}}}),
               {"plain", "size", "none"});
}

TEST(Refusals, OfStepBounds) {
  const Scenario scenario = scenario_of("race", race);
  expect_parts(refusal(scenario, {.steps = 0}), {"1", "60000", "0"});
  expect_parts(refusal(scenario, {.steps = 60'001}), {"1", "60000", "60001"});
  EXPECT_EQ(refusal(scenario, {.steps = 60'000}), "");
}

TEST(Refusals, ModelsAreNamed) {
  for (const std::string& model : model_names()) {
    EXPECT_EQ(check_body([] { count_up(2); }, {.model = model}).verdict, Verdict::holds) << model;
  }
}

TEST(Parameters, ReachTheScenarioAndTheTrace) {
  const Scenario scenario = with_parameter();
  EXPECT_EQ(check(scenario, {.settings = {{"size", 3}}}).verdict, Verdict::holds);
  const Result result = check(scenario, {.settings = {{"speed", -5}}});
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(result.counterexample->settings, (Settings{{"size", 2}, {"speed", -5}}));
}

TEST(Parameters, ThatAreUnknownToTheScenarioAreMisuse) {
  const Result result = check_body([] { api::parameter("colour"); });
  EXPECT_EQ(result.verdict, Verdict::broken);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::misuse);
  expect_parts(result.counterexample->violation->message, {"colour"});
}

}  // namespace
}  // namespace heddle
