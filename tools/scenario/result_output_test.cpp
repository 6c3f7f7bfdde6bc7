#include "tools/scenario/result_output.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

Scenario scenario() {
  return {.name = "sb",
          .summary = "",
          .parameters = {{"n", 1, 0, 4, ""}, {"m", 2, 0, 4, ""}},
          .expectations = {},
          .body = {}};
}

trace::Trace violating_trace() {
  trace::Trace trace;
  trace.scenario = "sb";
  trace.model = "cpp20";
  trace.threads = {"main"};
  trace.steps.resize(1);
  trace.steps[0].operation = "load";
  trace.steps[0].clock = {1};
  trace.violation = trace::Violation{
      .kind = ViolationKind::data_race, .message = "m", .step = 1, .file = "sb.cpp", .line = 7};
  return trace;
}

/// What `action` writes to standard output.
template <typename F>
std::string output_of(F action) {
  testing::internal::CaptureStdout();
  action();
  return testing::internal::GetCapturedStdout();
}

TEST(ResultOutput, ExitStatusFollowsVerdictAndExpectation) {
  EXPECT_EQ(exit_status(Verdict::holds, ""), 0);
  EXPECT_EQ(exit_status(Verdict::violated, ""), 1);
  EXPECT_EQ(exit_status(Verdict::incomplete, ""), 3);
  EXPECT_EQ(exit_status(Verdict::broken, ""), 4);
  EXPECT_EQ(exit_status(Verdict::holds, "holds"), 0);
  EXPECT_EQ(exit_status(Verdict::violated, "holds"), 1);
  EXPECT_EQ(exit_status(Verdict::holds, "violated"), 1);
  EXPECT_EQ(exit_status(Verdict::violated, "violated"), 0);
  EXPECT_EQ(exit_status(Verdict::incomplete, "violated"), 3);
  EXPECT_EQ(exit_status(Verdict::broken, "violated"), 4);
}

TEST(ResultOutput, TextHasNoTimesOnStandardOutput) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.options.settings = {{"n", 3}};
  outcome.result = {.verdict = Verdict::incomplete,
                    .executions = {10, 2, 0},
                    .events = 55,
                    .seconds = 1.25,
                    .reason = "stopped\x1b",
                    .counterexample = {}};
  const std::string text = output_of([&] { tell_text(outcome, std::nullopt, false); });
  EXPECT_EQ(text,
            "incomplete: sb (model cpp20, n = 3): stopped\\x1b\n"
            "executions: 10 complete, 2 blocked, 0 violating; 55 events\n");
  EXPECT_EQ(output_of([&] { tell_text(outcome, std::nullopt, true); }),
            "incomplete: sb (model cpp20, n = 3): stopped\\x1b\n");
}

TEST(ResultOutput, JsonOfACleanRun) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.options.settings = {{"n", 3}};
  outcome.result = {.verdict = Verdict::holds,
                    .executions = {10, 2, 0},
                    .events = 55,
                    .seconds = 0.5,
                    .whole = true,
                    .reason = "",
                    .counterexample = {}};
  const auto json = nlohmann::json::parse(output_of([&] { tell_json(outcome, std::nullopt); }));
  const auto expected = nlohmann::json::parse(R"({
    "schema": "heddle.result/1", "scenario": "sb", "parameters": {"n": 3, "m": 2},
    "model": "cpp20", "strategy": "exhaustive", "verdict": "holds",
    "executions": {"complete": 10, "blocked": 2, "violating": 0, "cut": 0}, "events": 55,
    "bounds": [], "seconds": 0.5, "rate": 24.0, "whole": true, "violation": null})");
  EXPECT_EQ(json, expected);
}

TEST(ResultOutput, CountsThatWereCutOffSaySo) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.options.keep_going = true;
  outcome.result.verdict = Verdict::violated;
  outcome.result.reason = "the limit of 1 seconds was reached";
  outcome.result.counterexample = violating_trace();
  const auto text = [&] { return output_of([&] { tell_text(outcome, std::nullopt, false); }); };
  EXPECT_NE(text().find("0 events; not all: the limit of 1 seconds was reached\n"),
            std::string::npos);
  const auto json = nlohmann::json::parse(output_of([&] { tell_json(outcome, std::nullopt); }));
  EXPECT_EQ(json.at("reason"), outcome.result.reason);
  EXPECT_EQ(json.at("whole"), false);
  // All were seen, and the reason is that of something else.
  outcome.result.whole = true;
  EXPECT_EQ(text().find("not all"), std::string::npos);
}

TEST(ResultOutput, WhatWasLookedAtIsWhatThereWas) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.options.simplest = 1000;
  outcome.result.verdict = Verdict::violated;
  outcome.result.looked_at = 2;
  outcome.result.counterexample = violating_trace();
  outcome.result.counterexample->simplest = trace::Simplicity{.switches = 1, .events = 9};
  const auto text = [&] { return output_of([&] { tell_text(outcome, std::nullopt, false); }); };
  EXPECT_NE(text().find("the simplest violation among 2 executions from the first one on; "
                        "--keep-going counts them all"),
            std::string::npos);
  outcome.result.whole = true;
  EXPECT_NE(text().find("the simplest violation among all executions;"), std::string::npos);
  EXPECT_EQ(text().find("--keep-going"), std::string::npos);
}

TEST(ResultOutput, JsonHoldsTheTraceThatNoFileHolds) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.result.verdict = Verdict::violated;
  outcome.result.counterexample = violating_trace();
  const auto json = nlohmann::json::parse(output_of([&] { tell_json(outcome, std::nullopt); }));
  EXPECT_EQ(json["violation"]["at"], "sb.cpp:7");
  EXPECT_EQ(json["violation"]["kind"], "data race");
  EXPECT_NO_THROW(trace::from_json(json["violation"]["trace"].dump()));

  const OutputFile full("/dev/full");
  const std::string text = output_of([&] { EXPECT_THROW(tell_json(outcome, full), UsageError); });
  EXPECT_TRUE(nlohmann::json::parse(text)["violation"]["trace"].is_object());
  const OutputFile null("/dev/null");
  const std::string written = output_of([&] { tell_json(outcome, null); });
  EXPECT_EQ(nlohmann::json::parse(written)["violation"]["trace"], "/dev/null");
}

TEST(ResultOutput, AnIncompleteRunShowsNoViolation) {
  const Scenario sb = scenario();
  Outcome outcome{.scenario = sb};
  outcome.result.verdict = Verdict::incomplete;
  outcome.result.counterexample = violating_trace();
  const std::string text = output_of([&] { tell_text(outcome, std::nullopt, false); });
  EXPECT_EQ(text,
            "incomplete: sb (model cpp20)\n"
            "executions: 0 complete, 0 blocked, 0 violating; 0 events\n");
  const std::string json = output_of([&] { tell_json(outcome, std::nullopt); });
  EXPECT_TRUE(nlohmann::json::parse(json)["violation"].is_null());
}

TEST(ResultOutput, ReplayMustEndInTheSameViolation) {
  const trace::Trace trace = violating_trace();
  Result result;
  EXPECT_THROW(require_same_violation(trace, result, "t"), UsageError);
  result.counterexample = trace;
  EXPECT_NO_THROW(require_same_violation(trace, result, "t"));
  result.counterexample->violation->kind = ViolationKind::leak;
  EXPECT_THROW(require_same_violation(trace, result, "t"), UsageError);
}

}  // namespace
}  // namespace heddle::cli
