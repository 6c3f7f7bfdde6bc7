// Each kind of error is found, named and placed; its repair holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <stdexcept>
#include <string>

#include "checker/session/errors_test_support.hpp"

namespace heddle {

static void PrintTo(const ErrorCase& error, std::ostream* out) { *out << error.name; }

namespace {

using Parameters = std::tuple<ErrorCase, std::string>;

class Errors : public testing::TestWithParam<Parameters> {
 protected:
  const ErrorCase& error() const { return std::get<0>(GetParam()); }
  const std::string& model() const { return std::get<1>(GetParam()); }
  bool shows() const { return error().models.contains(model()); }

  Result check_error() const {
    return check(scenario_of(error().name, error().body), {.model = model()});
  }
};

std::string name_of(const testing::TestParamInfo<Parameters>& info) {
  return std::get<0>(info.param).name + "_" + std::get<1>(info.param);
}

/// Everything in the violation refers to the steps and to the source.
void expect_places(const ErrorCase& error, const trace::Trace& trace) {
  const trace::Violation& violation = *trace.violation;
  if (error.kind != ViolationKind::nondeterminism) {
    EXPECT_EQ(shown(trace, violation.step), error.at);
  }
  EXPECT_EQ(shown(trace, violation.other_step), error.other);
  const std::uint32_t at = violation.step != 0 ? violation.step : violation.other_step;
  if (at == 0) return;
  const trace::Step& step = trace.steps.at(at - 1);
  EXPECT_EQ(violation.file, step.file);
  EXPECT_EQ(violation.line, step.line);
  if (violation.step != 0) {
    EXPECT_EQ(violation.thread, step.thread);
  }
}

TEST_P(Errors, AreFoundAndPlaced) {
  const Result result = check_error();
  if (!shows()) {
    EXPECT_EQ(result.verdict, Verdict::holds);
    EXPECT_FALSE(result.counterexample);
    return;
  }
  EXPECT_EQ(result.verdict, is_broken(error().kind) ? Verdict::broken : Verdict::violated);
  EXPECT_EQ(result.executions.violating, 1U);
  ASSERT_TRUE(result.counterexample && result.counterexample->violation);
  const trace::Trace& trace = *result.counterexample;
  EXPECT_EQ(trace.violation->kind, error().kind)
      << to_string(trace.violation->kind) << ": " << trace.violation->message;
  for (const std::string& part : error().says) {
    EXPECT_NE(trace.violation->message.find(part), std::string::npos)
        << "'" << part << "' is not in: " << trace.violation->message;
  }
  EXPECT_EQ(trace.scenario, error().name);
  EXPECT_EQ(trace.model, model());
  expect_places(error(), trace);
}

TEST_P(Errors, HoldWhenRepaired) {
  for (const bool self_check : {false, true}) {
    const Result result = check(scenario_of(error().name, error().repaired),
                                {.model = model(), .self_check = self_check});
    EXPECT_EQ(result.verdict, Verdict::holds)
        << (result.counterexample ? result.counterexample->violation->message : result.reason);
    EXPECT_GE(result.executions.complete, 1U);
    EXPECT_EQ(result.executions.violating, 0U);
  }
}

/// With keep_going the other executions are counted, too, and the first violation is the same.
TEST_P(Errors, KeepGoing) {
  if (is_broken(error().kind)) return;
  const Result first = check_error();
  const Result all =
      check(scenario_of(error().name, error().body), {.model = model(), .keep_going = true});
  EXPECT_EQ(all.verdict, first.verdict);
  EXPECT_GE(all.executions.violating, first.executions.violating);
  EXPECT_GE(all.executions.complete, first.executions.complete);
  ASSERT_EQ(all.counterexample.has_value(), first.counterexample.has_value());
  if (!first.counterexample) return;
  EXPECT_EQ(all.counterexample->violation->kind, first.counterexample->violation->kind);
  expect_places(error(), *all.counterexample);
  // More executions may show that more memory is shared, on stacks say, where the compiler put what
  // a thread is made of. Then there are more steps.
  if (all.counterexample->shared_memory == first.counterexample->shared_memory) {
    EXPECT_EQ(to_json(*all.counterexample), to_json(*first.counterexample));
  }
}

/// A trace goes through its file and runs again to the same end.
TEST_P(Errors, ReplayFromJson) {
  if (!shows() || !error().repeatable) return;
  const Scenario scenario = scenario_of(error().name, error().body);
  const Result result = check(scenario, {.model = model()});
  ASSERT_TRUE(result.counterexample && result.counterexample->violation);
  const std::string json = to_json(*result.counterexample);
  const Result again = replay(scenario, trace::from_json(json));
  EXPECT_EQ(again.verdict, result.verdict);
  ASSERT_TRUE(again.counterexample && again.counterexample->violation);
  EXPECT_EQ(again.counterexample->violation->kind, error().kind);
  EXPECT_EQ(again.counterexample->violation->message, result.counterexample->violation->message);
  EXPECT_EQ(again.counterexample->violation->step, result.counterexample->violation->step);
  EXPECT_EQ(to_json(*again.counterexample), json);
}

TEST_P(Errors, AreTheSameInASecondRun) {
  if (!error().repeatable) return;
  const Result first = check_error();
  const Result second = check_error();
  EXPECT_EQ(second.executions.complete, first.executions.complete);
  EXPECT_EQ(second.executions.blocked, first.executions.blocked);
  EXPECT_EQ(second.executions.violating, first.executions.violating);
  EXPECT_EQ(second.events, first.events);
  ASSERT_EQ(second.counterexample.has_value(), first.counterexample.has_value());
  if (!first.counterexample) return;
  EXPECT_EQ(to_json(*second.counterexample), to_json(*first.counterexample));
}

INSTANTIATE_TEST_SUITE_P(Of, Errors,
                         testing::Combine(testing::ValuesIn(all_error_cases()),
                                          testing::Values("sc", "tso", "ra", "rc11", "cpp20")),
                         name_of);

/// A kind that no case shows would be untested. Invariants and the step bound are tested elsewhere.
TEST(ErrorCases, CoverEveryKind) {
  const auto cases = all_error_cases();
  for (int number = 0; number <= static_cast<int>(ViolationKind::misuse); ++number) {
    const auto kind = static_cast<ViolationKind>(number);
    if (kind == ViolationKind::invariant_failed || kind == ViolationKind::step_bound) continue;
    EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [kind](const ErrorCase& error) {
      return error.kind == kind;
    })) << to_string(kind);
  }
}

/// Where the checker can't watch global memory, it notices that the thread changes its mind.
TEST(UnmodelledMemory, OfStaticVariables) {
  const Result result = check_body([] {
    static int runs = 0;
    api::atomic<int> x{0};
    run_threads([&x] { x.store(++runs); });
  });
  EXPECT_EQ(result.verdict, Verdict::broken);
  ASSERT_TRUE(result.counterexample);
  const trace::Violation& violation = *result.counterexample->violation;
  EXPECT_TRUE(violation.kind == ViolationKind::unmodelled_memory ||
              violation.kind == ViolationKind::nondeterminism)
      << to_string(violation.kind);
}

/// What was there before the thread started may be read.
TEST(UnmodelledMemory, OfTheCreatorMayBeReadWhereItStays) {
  const Result result = check_body([] {
    const std::vector<int> plain(3, 7);
    api::atomic<int> x{0};
    run_threads([&] { x.fetch_add(plain[0]); }, [&] { x.fetch_add(plain[2]); });
    api::check(x.load() == 14, "both were read");
  });
  EXPECT_EQ(result.verdict, Verdict::holds);
}

/// Exceptions that are caught concern nobody, also where threads change in between.
TEST(Exceptions, ThatAreCaughtInSeveralThreads) {
  const auto body = [] {
    api::atomic<int> x{0};
    const auto work = [&x] {
      try {
        x.fetch_add(1);
        throw std::runtime_error("outer");
      } catch (const std::runtime_error& outer) {
        try {
          x.fetch_add(1);
          throw 7;
        } catch (int inner) {
          x.fetch_add(1);
          api::check(inner == 7, "the inner exception");
        }
        api::check(std::string(outer.what()) == "outer", "the outer exception");
      }
    };
    run_threads(work, work);
    api::check(x.load() == 6, "all additions arrive");
  };
  const Result result = check_body(body, {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 20U) << "6 over 3 orders of the additions";
}

}  // namespace
}  // namespace heddle
