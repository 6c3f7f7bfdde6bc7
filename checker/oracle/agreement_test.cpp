// The engine and the oracle agree: on all small programs of the systematic families, and on random
// ones.
//
// By default every 40th program of a family is checked; HEDDLE_AGREEMENT=full in the environment
// checks them all (in minutes). A disagreement is printed as the smallest program that still shows
// one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string_view>

#include "checker/oracle/classics.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/generate.hpp"
#include "checker/oracle/native.hpp"
#include "checker/oracle/shrink.hpp"
#include "checker/session/session.hpp"

namespace heddle::oracle {
namespace {

constexpr int most_failures = 5;  // of one test; more would only hide them

bool full_run() {
  const char* const wish = std::getenv("HEDDLE_AGREEMENT");
  return wish != nullptr && std::string_view(wish) == "full";
}

/// What the engine says about a program.
struct EngineAnswer {
  Result result;
  std::set<FinalState> states;
};

Result run_engine(const Program& program, const std::string& model_name, Recorder& recorder) {
  Scenario scenario{.name = "agreement", .summary = program.name};
  scenario.body = native_body(program, recorder);
  return check(scenario, {.model = model_name, .keep_going = true});
}

EngineAnswer ask_engine(const Program& program, const std::string& model_name) {
  Recorder recorder(std::size_t{1} << 14);
  Result result = run_engine(program, model_name, recorder);
  return {std::move(result), recorder.states()};
}

std::string_view first_violation(const Result& result) {
  if (!result.counterexample || !result.counterexample->violation) return "none";
  return to_string(result.counterexample->violation->kind);
}

std::string describe(const Answer& oracle, const EngineAnswer& engine) {
  std::ostringstream text;
  const Counts& counts = engine.result.executions;
  text << "  oracle: complete " << oracle.complete << ", deadlocked " << oracle.deadlocked
       << ", races " << oracle.races << ", final states " << oracle.states.size() << "\n"
       << "  engine: complete " << counts.complete << ", violating " << counts.violating
       << ", blocked " << counts.blocked << ", final states " << engine.states.size()
       << ", verdict " << static_cast<int>(engine.result.verdict) << ", first violation "
       << first_violation(engine.result) << ", reason '" << engine.result.reason << "'\n";
  return text.str();
}

/// The states in `some` that `others` lacks, one per line.
std::string only_in(const std::set<FinalState>& some, const std::set<FinalState>& others,
                    const char* whose) {
  std::string text;
  for (const FinalState& state : some) {
    if (!others.contains(state)) text += std::string("  only ") + whose + ": " + to_string(state);
  }
  return text;
}

/// Empty if the two agree, else what differs.
std::string disagreement(const Program& program, const std::string& model_name) {
  const Answer oracle = enumerate(program, model(model_name));
  const EngineAnswer engine = ask_engine(program, model_name);
  const Result& result = engine.result;
  const bool violated = result.executions.violating > 0;
  const bool wrong = oracle.races || oracle.deadlocked > 0;
  const Verdict expected = wrong ? Verdict::violated : Verdict::holds;
  std::string what;
  if (result.verdict != expected) what += "  another verdict\n";
  if (violated != wrong) what += "  a violation that only one of them finds\n";
  if (oracle.races) {
    const bool misnamed =
        result.counterexample && first_violation(result) != to_string(ViolationKind::data_race);
    if (misnamed && oracle.deadlocked == 0) what += "  the race is not called one\n";
    // A race has no meaning, so there is nothing more to compare.
  } else {
    if (result.executions.complete != oracle.complete) what += "  complete executions differ\n";
    if (result.executions.violating != oracle.deadlocked) what += "  deadlocks differ\n";
    if (engine.states != oracle.states) {
      what += "  final states differ\n" + only_in(oracle.states, engine.states, "oracle") +
              only_in(engine.states, oracle.states, "engine");
    }
  }
  return what.empty() ? what : what + describe(oracle, engine);
}

/// Checks one program after the other and reports the first disagreements.
class Agreement {
 public:
  explicit Agreement(std::string model_name) : model_(std::move(model_name)) {}

  void compare(const Program& program) {
    if (failures_ == most_failures) return;
    if (disagreement(program, model_).empty()) return;
    ++failures_;
    const Program small = shrink(
        program, [&](const Program& smaller) { return !disagreement(smaller, model_).empty(); });
    ADD_FAILURE() << model_ << ", " << to_string(small) << disagreement(small, model_);
  }

 private:
  std::string model_;
  int failures_ = 0;
};

class OracleAgrees : public testing::TestWithParam<const char*> {
 protected:
  void compare_family(Family family) {
    Agreement agreement(GetParam());
    const std::uint64_t stride = full_run() ? 1 : 40;
    std::uint64_t number = 0;
    for_each_program(family, [&](const Program& program) {
      if (number++ % stride == 0) agreement.compare(program);
    });
  }
};

TEST_P(OracleAgrees, OnTwoThreadsOfTwo) { compare_family(Family::two_by_two); }

TEST_P(OracleAgrees, OnTwoThreadsOfThree) { compare_family(Family::two_by_three); }

TEST_P(OracleAgrees, OnThreeThreadsOfTwo) { compare_family(Family::three_by_two); }

TEST_P(OracleAgrees, OnRandomPrograms) {
  Agreement agreement(GetParam());
  const std::uint64_t seeds = full_run() ? 3000 : 300;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) agreement.compare(random_program(seed));
}

TEST_P(OracleAgrees, OnPublishedCounts) {
  for (const PublishedCount& row :
       published_counts(HEDDLE_SOURCE_DIR "/checker/oracle/counts.csv")) {
    if (row.model != GetParam() || !is_classic(row)) continue;
    const Program program = classic(row.program, row.parameter);
    Recorder ignored(0);
    const Result result = run_engine(program, row.model, ignored);
    const std::string what = row.program + " " + std::to_string(row.parameter);
    EXPECT_EQ(result.verdict, Verdict::holds) << what;
    EXPECT_EQ(result.executions.complete, row.complete) << what;
    EXPECT_EQ(result.executions.violating, 0U) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(In, OracleAgrees, testing::Values("sc", "rc11"),
                         [](const auto& which) { return std::string(which.param); });

}  // namespace
}  // namespace heddle::oracle
