// A trace runs again only where it fits: what is refused, and what is said.
#include <gtest/gtest.h>

#include <stdexcept>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::name;

/// What the program does and where differ by variant.
enum class Variant {
  original,
  other_line,
  other_operation,
  fewer_steps,
  more_steps,
  other_order,
  other_value,
};

void program(Variant variant) {
  atomic<int> x{0};
  name(x, "x");
  run_threads(
      [&x, variant] {
        if (variant == Variant::more_steps) x.load();
        if (variant == Variant::other_line) {
          x.store(1);
        } else if (variant == Variant::other_operation) {
          x.exchange(1);
        } else if (variant != Variant::fewer_steps) {
          x.store(variant == Variant::other_value ? 2 : 1);
        }
      },
      [&x, variant] {
        const auto order = variant == Variant::other_order ? relaxed : acquire;
        api::check(x.load(order) == 0, "nobody stores");
      });
}

Scenario variant_of(Variant variant) {
  return scenario_of("program", [variant] { program(variant); });
}

trace::Trace original() {
  Result result = check(variant_of(Variant::original), {});
  return *result.counterexample;
}

/// The message of the std::runtime_error that replay() throws, or "" if it throws none.
std::string refusal(const Scenario& scenario, const trace::Trace& trace) {
  try {
    replay(scenario, trace);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in: " << text;
  }
}

TEST(Replay, OfTheSameProgramFits) {
  EXPECT_EQ(refusal(variant_of(Variant::original), original()), "");
}

TEST(Replay, RefusesAnotherScenario) {
  const Scenario other = scenario_of("other", [] { program(Variant::original); });
  expect_parts(refusal(other, original()), {"'program'", "'other'"});
}

TEST(Replay, RefusesAChangedProgram) {
  expect_parts(refusal(variant_of(Variant::other_line), original()),
               {"does not fit", "at step", "line"});
  expect_parts(refusal(variant_of(Variant::other_operation), original()),
               {"does not fit", "at step", "exchange", "store"});
  expect_parts(refusal(variant_of(Variant::more_steps), original()),
               {"does not fit", "at step", "load", "store"});
  expect_parts(refusal(variant_of(Variant::fewer_steps), original()), {"does not fit", "at step"});
}

/// The place is the same, but what happens there is not: the recorded violation would be a lie.
TEST(Replay, RefusesOtherOrdersAndValues) {
  expect_parts(refusal(variant_of(Variant::other_order), original()), {"does not fit"});
  expect_parts(refusal(variant_of(Variant::other_value), original()), {"does not fit"});
}

/// The repaired program does the same up to the violation, which then does not show.
TEST(Replay, SaysThatTheViolationIsGone) {
  const auto body = [](int most) {
    return [most] {
      atomic<int> x{0};
      run_threads([&x] { x.store(1); }, [&x, most] { api::check(x.load() <= most, "small"); });
    };
  };
  const Result result = check(scenario_of("small", body(0)), {});
  ASSERT_TRUE(result.counterexample);
  const Scenario repaired = scenario_of("small", body(1));
  expect_parts(refusal(repaired, *result.counterexample), {"does not fit"});
}

TEST(Replay, RefusesUnknownModelsAndParameters) {
  trace::Trace trace = original();
  trace.model = "rc12";
  expect_parts(refusal(variant_of(Variant::original), trace), {"does not fit", "rc12"});
  trace = original();
  trace.settings["size"] = 3;
  expect_parts(refusal(variant_of(Variant::original), trace), {"does not fit", "size"});
}

/// Steps that the model does not admit are not replayed as something else.
TEST(Replay, RefusesWhatTheModelForbids) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    atomic<int> seen{0};
    run_threads([&] { x.store(1), seen.fetch_add(y.load()); },
                [&] { y.store(1), seen.fetch_add(x.load()); });
    api::check(seen.load() == 0, "both read the old value");
  };
  const auto weak = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    run_threads([&] { x.store(1, relaxed), y.store(1, relaxed); },
                [&] {
                  const int second = y.load(relaxed);
                  api::check(second == 0 || x.load(relaxed) == 1, "in order");
                });
  };
  EXPECT_TRUE(check(scenario_of("sb", body), {}).counterexample);
  const Result result = check(scenario_of("mp", weak), {.model = "rc11"});
  ASSERT_TRUE(result.counterexample);
  trace::Trace trace = *result.counterexample;
  EXPECT_EQ(refusal(scenario_of("mp", weak), trace), "");
  trace.model = "sc";
  expect_parts(refusal(scenario_of("mp", weak), trace), {"does not fit", "memory model"});
}

TEST(Replay, RefusesDamagedTraces) {
  const Scenario scenario = variant_of(Variant::original);
  const trace::Trace whole = original();
  for (std::size_t cut = 1; cut <= whole.steps.size(); ++cut) {
    trace::Trace trace = whole;
    trace.steps.resize(whole.steps.size() - cut);
    EXPECT_NE(refusal(scenario, trace), "") << "without the last " << cut << " steps";
  }
  trace::Trace longer = whole;
  longer.steps.push_back(longer.steps.back());
  EXPECT_NE(refusal(scenario, longer), "");
  trace::Trace no_source = whole;
  for (trace::Step& step : no_source.steps) step.reads_from.reset();
  EXPECT_NE(refusal(scenario, no_source), "");
  trace::Trace other_thread = whole;
  other_thread.steps.back().thread = 7;
  EXPECT_NE(refusal(scenario, other_thread), "");
}

TEST(Replay, RefusesThreadsThatCannotBe) {
  for (const std::uint32_t number : {0U, 65U, 4'000'000'000U}) {
    trace::Trace trace = original();
    for (trace::Step& step : trace.steps) {
      if (step.operation == "spawn") step.target = number;
    }
    expect_parts(refusal(variant_of(Variant::original), trace),
                 {"does not fit", "can't start a thread " + std::to_string(number)});
  }
  trace::Trace twice = original();
  for (trace::Step& step : twice.steps) {
    if (step.operation == "spawn") step.target = 1;
  }
  expect_parts(refusal(variant_of(Variant::original), twice), {"can't start a thread 1"});
  trace::Trace other = original();
  for (trace::Step& step : other.steps) {
    if (step.operation == "spawn") step.target = 64;
  }
  EXPECT_NE(refusal(variant_of(Variant::original), other), "");
}

/// Any prefix or mixture of steps gives an answer or a refusal, never a crash.
TEST(Replay, SurvivesMixedUpSteps) {
  const Scenario scenario = variant_of(Variant::original);
  const trace::Trace whole = original();
  for (std::size_t i = 0; i < whole.steps.size(); ++i) {
    for (std::size_t j = 0; j < whole.steps.size(); ++j) {
      trace::Trace trace = whole;
      std::swap(trace.steps[i], trace.steps[j]);
      refusal(scenario, trace);
      trace.steps.erase(trace.steps.begin() + static_cast<std::ptrdiff_t>(i));
      refusal(scenario, trace);
    }
  }
}

/// What does not lead to the violation is left out, threads too.
TEST(Replay, OfAnExecutionThatNeedsOnlySomeThreads) {
  const Scenario scenario = scenario_of("some", [] {
    atomic<int> x{0};
    run_threads([&] { api::check(x.load() == 1, "is set"); }, [&] { x.store(1); });
  });
  const Result result = check(scenario, {});
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->threads.size(), 2U);
  EXPECT_EQ(replay(scenario, *result.counterexample).verdict, Verdict::violated);
}

/// A plain read that races in the whole execution, but not in the part that is shown.
TEST(Replay, OfAnExecutionWhoseRaceIsNotShown) {
  const Scenario scenario = scenario_of("some", [] {
    api::var<int> data{0};
    run_threads([&] { data.set(1); }, [&] { data.get(), api::check(false, "never here"); });
  });
  const Result result = check(scenario, {.wanted = ViolationKind::assertion_failed});
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(replay(scenario, *result.counterexample).verdict, Verdict::violated);
}

}  // namespace
}  // namespace heddle
