// The search over states finds each kind of error, and what it shows replays like any other.
#include <gtest/gtest.h>

#include <ostream>

#include "checker/session/errors_test_support.hpp"

namespace heddle {

static void PrintTo(const ErrorCase& error, std::ostream* out) { *out << error.name; }

namespace {

class ErrorsByStates : public testing::TestWithParam<ErrorCase> {
 protected:
  static Result check_states(std::function<void()> body) {
    return check(scenario_of(GetParam().name, std::move(body)),
                 {.model = "sc", .search = Search::states});
  }
};

TEST_P(ErrorsByStates, AreFoundAndReplay) {
  const Result result = check_states(GetParam().body);
  ASSERT_TRUE(result.counterexample && result.counterexample->violation) << result.reason;
  const trace::Violation& violation = *result.counterexample->violation;
  EXPECT_EQ(result.verdict, is_broken(GetParam().kind) ? Verdict::broken : Verdict::violated);
  EXPECT_EQ(violation.kind, GetParam().kind) << violation.message;
  if (!GetParam().repeatable) return;
  const Result again = replay(scenario_of(GetParam().name, GetParam().body),
                              trace::from_json(to_json(*result.counterexample)));
  ASSERT_TRUE(again.counterexample && again.counterexample->violation);
  EXPECT_EQ(again.counterexample->violation->message, violation.message);
}

TEST_P(ErrorsByStates, HoldWhenRepaired) {
  const Result result = check_states(GetParam().repaired);
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
  EXPECT_GE(result.states, 1U);
}

std::vector<ErrorCase> cases_under_sc() {
  std::vector<ErrorCase> cases = all_error_cases();
  std::erase_if(cases, [](const ErrorCase& error) {
    // Invariants are a limit of this search.
    return !error.models.contains("sc") || error.name == "exception_in_an_invariant";
  });
  return cases;
}

std::string name_of(const testing::TestParamInfo<ErrorCase>& error) { return error.param.name; }

INSTANTIATE_TEST_SUITE_P(Of, ErrorsByStates, testing::ValuesIn(cases_under_sc()), name_of);

}  // namespace
}  // namespace heddle
