#include "checker/report/compare.hpp"

#include <gtest/gtest.h>

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

Step step(std::uint32_t thread, std::string operation, std::uint32_t line) {
  return {.thread = thread, .operation = std::move(operation), .line = line};
}

Step store(std::uint32_t thread, std::string value, std::uint32_t coherence) {
  return {.thread = thread,
          .operation = "store",
          .order = "relaxed",
          .object = "x",
          .written = std::move(value),
          .coherence = coherence};
}

Step load(std::uint32_t thread, std::string value, std::uint32_t from) {
  return {.thread = thread,
          .operation = "load",
          .order = "relaxed",
          .object = "x",
          .read = std::move(value),
          .reads_from = from};
}

/// main creates x = 0; then what `steps` says.
Trace with(std::vector<Step> steps) {
  Trace trace;
  trace.scenario = "s";
  trace.model = "sc";
  trace.threads = {"main", "writer", "reader"};
  trace.steps = {
      {.thread = 0, .operation = "construct", .object = "x", .written = "0", .coherence = 0}};
  trace.steps.insert(trace.steps.end(), steps.begin(), steps.end());
  return trace;
}

TEST(Compare, EqualTraces) {
  const Trace trace = with({store(1, "1", 1), load(2, "1", 2)});
  const Comparison comparison = compare(trace, trace);
  EXPECT_TRUE(comparison.same_execution());
  EXPECT_EQ(comparison.same_steps, 3U);
  EXPECT_NE(comparison_text(comparison, trace, trace, "a", "b").find("The two are the same."),
            std::string::npos);
}

TEST(Compare, AnotherOrderOfTheSameExecution) {
  const Trace a = with({store(1, "1", 1), load(2, "0", 1)});
  const Trace b = with({load(2, "0", 1), store(1, "1", 1)});
  const Comparison comparison = compare(a, b);
  EXPECT_TRUE(comparison.same_execution());
  EXPECT_EQ(comparison.same_steps, 1U);
  EXPECT_NE(comparison_text(comparison, a, b, "a", "b").find("one execution, in two orders"),
            std::string::npos);
}

TEST(Compare, SaysWhatEachReads) {
  Trace a = with({store(1, "1", 1), load(2, "0", 1), step(2, "check", 7)});
  const Trace b = with({store(1, "1", 1), load(2, "1", 2)});
  a.violation = trace::Violation{.kind = ViolationKind::assertion_failed, .message = "x is set"};
  const Comparison comparison = compare(a, b);
  EXPECT_FALSE(comparison.same_execution());
  EXPECT_EQ(comparison.same_steps, 2U);
  ASSERT_EQ(comparison.threads.size(), 3U);
  EXPECT_FALSE(comparison.threads[0].parts());
  EXPECT_FALSE(comparison.threads[1].parts());
  EXPECT_EQ(comparison.threads[2].same, 0U);
  EXPECT_EQ(comparison.threads[2].a, 3U);
  EXPECT_EQ(comparison.threads[2].b, 3U);
  EXPECT_EQ(comparison_text(comparison, a, b, "bad\x1b.json", "good.json"),
            "A  bad\\x1b.json (model sc, 4 steps)\n"
            "   assertion failed: x is set\n"
            "B  good.json (model sc, 3 steps)\n"
            "   no violation\n"
            "\n"
            "The first 2 steps are the same, in the same order.\n"
            "\n"
            "Thread by thread, in the order in which they part in A:\n"
            "  2 reader: parts at its 1st step\n"
            "    A  step 3: x.load(relaxed) = 0 (from 1)\n"
            "           which is main's create x = 0\n"
            "    B  step 3: x.load(relaxed) = 1 (from 2)\n"
            "           which is 1 writer's x.store(1, relaxed)\n"
            "  main: the same in both (1 step)\n"
            "  1 writer: the same in both (1 step)\n");
}

TEST(Compare, TheSameValueFromAnotherWriteIsADifference) {
  const Trace a = with({store(1, "1", 1), store(1, "1", 2), load(2, "1", 2)});
  const Trace b = with({store(1, "1", 1), store(1, "1", 2), load(2, "1", 3)});
  EXPECT_FALSE(compare(a, b).same_execution());
}

TEST(Compare, AnotherCoherenceOrderIsADifference) {
  const Trace a = with({store(1, "1", 1), store(2, "2", 2)});
  const Trace b = with({store(1, "1", 2), store(2, "2", 1)});
  const Comparison comparison = compare(a, b);
  EXPECT_FALSE(comparison.same_execution());
  EXPECT_EQ(comparison.coherence, std::vector<std::string>{"x"});
  EXPECT_NE(comparison_text(comparison, a, b, "a", "b").find("the writes to x are in another"),
            std::string::npos);
}

TEST(Compare, OneEndsEarlierOrHasMoreThreads) {
  Trace a = with({store(1, "1", 1)});
  Trace b = with({store(1, "1", 1), step(3, "fence", 1)});
  b.threads.emplace_back("late");
  const Comparison comparison = compare(a, b);
  ASSERT_EQ(comparison.threads.size(), 4U);
  EXPECT_EQ(comparison.threads[3].a, 0U);
  EXPECT_EQ(comparison.threads[3].b, 3U);
  const std::string text = comparison_text(comparison, a, b, "a", "b");
  EXPECT_NE(text.find("  A  ends there\n"), std::string::npos);
  EXPECT_NE(text.find("  3 late: parts at its 1st step\n    A  no further step\n"),
            std::string::npos)
      << text;
}

TEST(Compare, EmptyTraces) {
  Trace a;
  a.threads = {"main"};
  EXPECT_TRUE(compare(a, a).same_execution());
  EXPECT_NE(comparison_text(compare(a, a), a, a, "a", "b"), "");
}

}  // namespace
}  // namespace heddle::report
