// Results that follow from the axioms by hand, or that herd7 gives for the same text.
#include <gtest/gtest.h>

#include "checker/litmus/litmus.hpp"

namespace heddle::litmus {
namespace {

Result run_text(const std::string& text, Options options = {}) {
  return run(parse(text, "t.litmus"), options);
}

Options under(const char* model) {
  Options options;
  options.model = model;
  return options;
}

/// All states, each with its number of executions: "0:r0=1; x2".
std::string states_of(const std::string& text, const Options& options = {}) {
  const auto test = parse(text, "t.litmus");
  const Result result = run(test, options);
  std::string states;
  for (const State& state : result.states) {
    states += state_text(test, state) + " x" + std::to_string(state.executions) + "\n";
  }
  return states + result.message;
}

std::string store_buffering() {
  return "C SB\n{}\n"
         "P0 (atomic_int* x, atomic_int* y) {\n"
         "  atomic_store_explicit(x, 1, memory_order_relaxed);\n"
         "  int r0 = atomic_load_explicit(y, memory_order_relaxed);\n}\n"
         "P1 (atomic_int* x, atomic_int* y) {\n"
         "  atomic_store_explicit(y, 1, memory_order_relaxed);\n"
         "  int r0 = atomic_load_explicit(x, memory_order_relaxed);\n}\n"
         "exists (0:r0=0 /\\ 1:r0=0)\n";
}

/// The value that r0 gets from an expression.
std::string value_of(const std::string& expression) {
  return states_of("C t\n{}\nP0 () { int r1 = 7; int r2 = -2147483647 - 1; int r0 = " + expression +
                   "; }\nlocations [0:r0]");
}

TEST(Outcome, StoreBufferingUnderTwoModels) {
  const Result weak = run_text(store_buffering(), under("rc11"));
  EXPECT_EQ(weak.outcome, Outcome::complete);
  EXPECT_EQ(weak.states.size(), 4U);
  EXPECT_EQ(weak.positive, 1U);
  EXPECT_EQ(weak.negative, 3U);
  EXPECT_TRUE(weak.ok);
  EXPECT_STREQ(weak.observation, "Sometimes");
  const Result strong = run_text(store_buffering(), under("sc"));
  EXPECT_EQ(strong.states.size(), 3U);
  EXPECT_FALSE(strong.ok);
  EXPECT_STREQ(strong.observation, "Never");
}

TEST(Outcome, ARaceNamesBothAccesses) {
  const Result result = run_text(
      "C t\n{}\nP0 (int* x) {\n*x = 1;\n}\nP1 (int* x) {\nint r0 = *x;\n}\nexists (1:r0=1)");
  EXPECT_EQ(result.outcome, Outcome::racy);
  EXPECT_TRUE(result.states.empty());
  EXPECT_NE(result.message.find("P0 writes 'x' in line 4"), std::string::npos) << result.message;
  EXPECT_NE(result.message.find("P1 reads 'x' in line 7"), std::string::npos) << result.message;
}

TEST(Outcome, PlainDataBehindAFlagIsNoRace) {
  EXPECT_EQ(states_of("C t\n{}\nP0 (int* p, atomic_int* f) { *p = 5; "
                      "atomic_store_explicit(f, 1, memory_order_release); }\n"
                      "P1 (int* p, atomic_int* f) { int r0 = -1; "
                      "if (atomic_load_explicit(f, memory_order_acquire)) r0 = *p; }\n"
                      "exists (1:r0=5 /\\ p=5)"),
            "1:r0=-1; [p]=5; x1\n1:r0=5; [p]=5; x1\n");
}

TEST(Outcome, FailedCompareExchangeStoresWhatItRead) {
  EXPECT_EQ(states_of("C t\n{ x=3; e=1; }\nP0 (atomic_int* x, int* e) { "
                      "int r0 = atomic_compare_exchange_strong(x, e, 2); int r1 = 3; "
                      "int r2 = atomic_compare_exchange_strong(x, &r1, 9); "
                      "int r3 = atomic_compare_exchange_strong(x, &r1, 9); }\n"
                      "locations [x; e; 0:r0; 0:r1; 0:r2; 0:r3]"),
            "0:r0=0; 0:r1=9; 0:r2=1; 0:r3=0; [e]=3; [x]=9; x1\n");
}

TEST(Outcome, WeakCompareExchangeFailsSpuriouslyAsInHerd) {
  const std::string text =
      "C t\n{}\nP0 (atomic_int* x) { int r1; "
      "int r0 = atomic_compare_exchange_weak(x, &r1, 1); }\nlocations [0:r0; x]";
  EXPECT_EQ(states_of(text), "0:r0=0; [x]=0; x1\n0:r0=1; [x]=1; x1\n");
  Options strong;
  strong.spurious = false;
  EXPECT_EQ(states_of(text, strong), "0:r0=1; [x]=1; x1\n");
}

TEST(Outcome, FetchOperationsReturnTheOldValue) {
  EXPECT_EQ(states_of("C t\n{ x=12; }\nP0 (atomic_int* x) { int a = atomic_fetch_add(x, 3); "
                      "int b = atomic_fetch_sub(x, 5); int c = atomic_fetch_and(x, 6); "
                      "int d = atomic_fetch_or(x, 9); int e = atomic_fetch_xor(x, 3); "
                      "int f = atomic_exchange(x, -1); }\n"
                      "locations [0:a; 0:b; 0:c; 0:d; 0:e; 0:f; x]"),
            "0:a=12; 0:b=15; 0:c=10; 0:d=2; 0:e=11; 0:f=8; [x]=-1; x1\n");
}

TEST(Outcome, ArithmeticIsThatOfTheMachine) {
  EXPECT_EQ(value_of("r1 / 2 * 10 + r1 % 4 - (r1 << 1)"), "0:r0=19; x1\n");
  EXPECT_EQ(value_of("r2 - 1"), "0:r0=2147483647; x1\n");
  EXPECT_EQ(value_of("r2 / -1"), "0:r0=-2147483648; x1\n");
  EXPECT_EQ(value_of("r2 % -1"), "0:r0=0; x1\n");
  EXPECT_EQ(value_of("r2 * 3 >> 31"), "0:r0=-1; x1\n");
  EXPECT_EQ(value_of("-r1 / 2"), "0:r0=-3; x1\n");
  EXPECT_EQ(value_of("(r1 & 3) + (r1 | 8) + (r1 ^ 5) + ~r1 + !r1 + (r1 <= 7) + (r1 > 7)"),
            "0:r0=13; x1\n");
  EXPECT_EQ(value_of("r1 == 7 && r1 != 7 || r1 >= 8 || +r1 < 8"), "0:r0=1; x1\n");
}

TEST(Outcome, LogicalOperatorsEvaluateTheirRightSideOnDemand) {
  EXPECT_EQ(states_of("C t\n{}\nP0 (atomic_int* x) { int r0; "
                      "r0 = 0 && atomic_fetch_add(x, 1); r0 = 1 || atomic_fetch_add(x, 1); "
                      "r0 = 1 && atomic_fetch_add(x, 4); r0 = 0 || atomic_fetch_add(x, 1); }\n"
                      "locations [x; 0:r0]"),
            "0:r0=1; [x]=5; x1\n");
}

TEST(Outcome, WhatHasNoValueIsBroken) {
  const Result zero = run_text("C t\n{}\nP0 () {\nint r0 = 1;\nint r1 = r0 / (r0 - 1);\n}");
  EXPECT_EQ(zero.outcome, Outcome::broken);
  EXPECT_EQ(zero.message, "division by zero");
  EXPECT_EQ(zero.at.line, 5U);
  const Result shift = run_text("C t\n{}\nP0 () { int r0 = 1 << 32; }");
  EXPECT_EQ(shift.outcome, Outcome::broken);
}

TEST(Outcome, QuantifiersDecideWhatIsOk) {
  const std::string code =
      "C t\n{}\nP0 (atomic_int* x) { atomic_store(x, 1); }\n"
      "P1 (atomic_int* x) { int r0 = atomic_load(x); }\n";
  EXPECT_TRUE(run_text(code + "exists (1:r0=1)").ok);
  EXPECT_FALSE(run_text(code + "exists (1:r0=2)").ok);
  EXPECT_FALSE(run_text(code + "~exists (1:r0=1)").ok);
  EXPECT_TRUE(run_text(code + "~exists (1:r0=2)").ok);
  EXPECT_FALSE(run_text(code + "forall (1:r0=1)").ok);
  EXPECT_TRUE(run_text(code + "forall (x=1 /\\ (1:r0=1 \\/ 1:r0=0))").ok);
  EXPECT_TRUE(run_text(code + "forall (1:r0=1 => x=1)").ok);
  EXPECT_TRUE(run_text(code + "exists (1:r0 = [x])").ok);
  EXPECT_TRUE(run_text(code + "exists not (1:r0 = [x])").ok);
  EXPECT_FALSE(run_text(code + "forall false").ok);
  EXPECT_STREQ(run_text(code).observation, "Always");
}

TEST(Outcome, AFilterDropsExecutionsAndShowsNothing) {
  EXPECT_EQ(states_of("C t\n{}\nP0 (atomic_int* x) { atomic_store(x, 1); }\n"
                      "P1 (atomic_int* x) { int r0 = atomic_load(x); int r1 = atomic_load(x); }\n"
                      "filter (1:r0=1 \\/ 1:r1=0)\nexists (x=1)"),
            "[x]=1; x2\n");
}

TEST(Outcome, UnassignedRegistersAreZeroAsInHerd) {
  EXPECT_EQ(states_of("C t\n{ 0:r1=4; }\nP0 () { int r0; int r2 = r0 + r1; }\n"
                      "locations [0:r0; 0:r1; 0:r2]"),
            "0:r0=0; 0:r1=4; 0:r2=4; x1\n");
}

TEST(Outcome, ALimitMakesItIncomplete) {
  Options options;
  options.executions = 1;
  const Result result = run_text(store_buffering(), options);
  EXPECT_EQ(result.outcome, Outcome::incomplete);
  EXPECT_NE(result.message.find("1 execution "), std::string::npos) << result.message;
}

TEST(Outcome, TheLargestTestsRun) {
  std::string text = "C t\n{}\n";
  for (int thread = 0; thread < 16; ++thread) {
    text += "P" + std::to_string(thread) + " () {\n";
    for (int i = 0; i < 64; ++i) {
      text += "int r" + std::to_string(i) + " = " + std::to_string(i) + ";\n";
    }
    text += "}\n";
  }
  text += "locations [";
  for (int i = 0; i < 256; ++i) {
    text += std::to_string(i % 16) + ":r" + std::to_string(i / 16) + "; ";
  }
  const Result result = run_text(text + "]");
  EXPECT_EQ(result.outcome, Outcome::complete) << result.message;
  EXPECT_EQ(result.positive, 1U);
}

TEST(Outcome, TheDeepestCodeRuns) {
  std::string expression = "r0";
  for (int i = 0; i < 30; ++i) expression = "(" + expression + " + 1)";
  std::string code = "r0 = " + expression + ";";
  for (int i = 0; i < 30; ++i) code = "if (r0 >= 0) { " + code + " }";
  EXPECT_EQ(states_of("C t\n{}\nP0 () { int r0; " + code + "}\nlocations [0:r0]"), "0:r0=30; x1\n");
}

TEST(Outcome, AnUnknownModelIsRefused) {
  EXPECT_THROW(run_text(store_buffering(), under("rc12")), std::invalid_argument);
}

}  // namespace
}  // namespace heddle::litmus
