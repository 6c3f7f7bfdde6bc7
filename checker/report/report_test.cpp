// Each test compares with a file in golden/. After a wanted change run the tests once with
// HEDDLE_PROMOTE=1 in the environment: that rewrites the files; then read the diff.
#include "checker/report/report.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

void expect_golden(const std::string& name, const std::string& actual) {
  const std::string path =
      std::string(HEDDLE_SOURCE_DIR) + "/checker/report/golden/" + name + ".txt";
  if (std::getenv("HEDDLE_PROMOTE") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; make it with HEDDLE_PROMOTE=1";
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(actual, expected.str()) << "if this is right, run again with HEDDLE_PROMOTE=1";
}

Step step(std::uint32_t thread, const char* operation, std::uint32_t line, const char* source) {
  Step result;
  result.thread = thread;
  result.operation = operation;
  result.file = "scenarios/handover.cpp";
  result.function = "body";
  result.line = line;
  result.text = source;
  return result;
}

Step construct(const char* object, const char* value) {
  Step result = step(0, "construct", 5, "handover h;");
  result.object = object;
  if (*value != '\0') result.written = value;
  return result;
}

// A publication through a flag that lacks its release and acquire orders.
Trace race() {
  Trace trace;
  trace.scenario = "handover";
  trace.settings = {{"n", 2}};
  trace.model = "rc11";
  trace.threads = {"main", "producer", "thread 2"};
  trace.steps = {construct("data", "0"), construct("ready", "0"), construct("m", ""),
                 step(0, "spawn", 9, "spawn([] { produce(); });"),
                 step(0, "spawn", 10, "spawn([] { consume(); });")};
  Step write = step(1, "write", 14, "data = 42;");
  write.object = "data";
  write.written = "42";
  Step store = step(1, "store", 15, "ready.store(1, memory_order_relaxed);");
  store.object = "ready";
  store.order = "relaxed";
  store.written = "1";
  store.coherence = 1;
  Step load = step(2, "load", 20, "while (ready.load(memory_order_relaxed) == 0) {}");
  load.object = "ready";
  load.order = "relaxed";
  load.read = "1";
  load.reads_from = 7;
  Step read = step(2, "read", 21, "check(data == 42, \"published\");");
  read.object = "data";
  trace.steps.insert(trace.steps.end(), {write, store, load, read});
  trace.violation = {
      ViolationKind::data_race,
      "'data' is written by producer and read by thread 2, and nothing orders the two",
      2,
      9,
      6,
      "scenarios/handover.cpp",
      21};
  return trace;
}

// Store buffering: both threads read the initial values.
Trace stale_reads() {
  Trace trace = race();
  trace.settings.clear();
  trace.threads[1] = "";
  trace.steps.resize(5);
  for (std::uint32_t thread = 1; thread <= 2; ++thread) {
    Step store = step(thread, "store", 13 + thread, "x.store(1, relaxed);");
    store.object = thread == 1 ? "x" : "y";
    store.order = "relaxed";
    store.written = "1";
    store.coherence = 1;
    trace.steps.push_back(store);
    Step load = step(thread, "load", 17 + thread, "r = y.load(relaxed);");
    load.object = thread == 1 ? "y" : "x";
    load.order = "relaxed";
    load.read = "0";
    load.reads_from = 1;
    load.stale = thread == 2;
    trace.steps.push_back(load);
  }
  trace.violation = {ViolationKind::assertion_failed, "both threads read 0", 0, 0, 0, "", 0};
  return trace;
}

// What the other operations look like.
Trace operations() {
  Trace trace = race();
  trace.spurious = true;
  trace.steps.resize(5);
  const auto add = [&trace](std::uint32_t thread, const char* operation, const char* object,
                            const char* order) -> Step& {
    Step next = step(thread, operation, 30, "");
    next.object = object;
    next.order = order;
    trace.steps.push_back(next);
    return trace.steps.back();
  };
  add(1, "lock", "m", "");
  Step* last = &add(1, "fetch_add", "n", "acq_rel");
  last->read = "0";
  last->written = "1";
  last->coherence = 2;
  last = &add(2, "store", "n", "relaxed");
  last->written = "7";
  last->coherence = 1;
  last = &add(2, "compare_exchange", "n", "acquire");
  last->read = "1";
  last->reads_from = 7;
  last->success = false;
  last->spurious = true;
  last->note = "fails spuriously";
  last = &add(2, "compare_exchange", "n", "acquire");
  last->read = "1";
  last->written = "9";
  last->success = true;
  last->reads_from = 7;
  add(1, "fence", "", "seq_cst");
  add(1, "try_lock", "m", "").success = false;
  last = &add(1, "choose", "", "");
  last->choice = 3;
  add(2, "destroy", "n", "");
  add(1, "lock", "m", "").note = "waits for itself";
  add(1, "finish", "", "");
  trace.violation = {ViolationKind::deadlock,
                     "producer waits for the mutex 'm' that it holds itself",
                     1,
                     15,
                     6,
                     "scenarios/handover.cpp",
                     30};
  return trace;
}

TEST(Report, RaceMarksBothAccesses) { expect_golden("race", text(race(), {})); }

TEST(Report, ThreadsThatDoNotFitAreWrittenBelowEachOther) {
  expect_golden("race_narrow", text(race(), {.width = 80}));
  expect_golden("race_very_narrow", text(race(), {.width = 30}));
}

TEST(Report, ColoursChangeNothingButColours) {
  const std::string coloured = text(race(), {.width = 120, .colours = true});
  expect_golden("race_colours", coloured);
  std::string plain;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      plain += coloured[i];
    }
  }
  EXPECT_EQ(plain, text(race(), {}));
}

TEST(Report, StaleReadsAreMarkedAndExplained) { expect_golden("stale", text(stale_reads(), {})); }

TEST(Report, OperationsReadLikeCode) { expect_golden("operations", text(operations(), {})); }

TEST(Report, TraceWithoutViolation) {
  Trace trace = race();
  trace.violation.reset();
  trace.steps.resize(7);
  expect_golden("no_violation", text(trace, {}));
  trace.steps.clear();
  EXPECT_EQ(text(trace, {}),
            "an execution without violation (scenario handover, model rc11, n = 2)\n\n");
}

TEST(Report, ManyObjectsFoldIntoOneLine) {
  Trace trace = race();
  for (int i = 0; i < 50; ++i) {
    trace.steps.insert(trace.steps.begin(), construct(("object" + std::to_string(i)).c_str(), "0"));
  }
  trace.violation.reset();
  trace.steps.resize(55);
  expect_golden("many_objects", text(trace, {}));
}

TEST(Report, LongReportsLeaveOutMinorSteps) {
  Trace trace = stale_reads();
  trace.steps.resize(5);
  const auto add = [&trace](std::uint32_t thread, const char* operation, const char* object) {
    Step next = step(thread, operation, 40, "");
    next.object = object;
    if (next.operation == "load") next.read = "0";
    trace.steps.push_back(next);
  };
  for (std::uint32_t thread = 1; thread <= 2; ++thread) {
    for (int i = 0; i < 4; ++i) add(thread, "load", thread == 1 ? "own 1" : "own 2");
    add(thread, "fence", "");
    add(thread, "load", "shared");
    add(thread, "load", thread == 1 ? "own 1" : "own 2");
    add(thread, "fence", "");
  }
  add(2, "check", "");
  trace.steps.back().note = "what failed";
  trace.violation = {ViolationKind::assertion_failed, "what failed", 2, 22, 0, "a.cpp", 1};
  expect_golden("long", text(trace, {}));
  expect_golden("long_all_steps", text(trace, {.all_steps = true}));
  // Fences are no minor matter where a weak memory model shows.
  trace.steps[10].stale = true;
  expect_golden("long_stale", text(trace, {}));
}

TEST(Report, StepsThatTheViolationNamesAreNotFolded) {
  Trace trace = race();
  trace.violation->other_step = 3;
  EXPECT_NE(text(trace, {}).find("> 3"), std::string::npos);
}

TEST(Report, AsksForLinesWhereOnlyTheFunctionIsKnown) {
  Trace trace = race();
  for (Step& each : trace.steps) {
    if (each.operation != "write") continue;
    each.file.clear();
    each.function = "stack::push(std::basic_string<char, std::char_traits<char>>)";
  }
  const std::string report = text(trace, {});
  EXPECT_NE(report.find("in stack::push(std::basic_string<"), std::string::npos) << report;
  EXPECT_EQ(report.find("char_traits<char>>)"), std::string::npos) << report;
  EXPECT_NE(report.find("compile with -g"), std::string::npos) << report;
}

TEST(Report, NothingSteersTheTerminal) {
  Trace trace = race();
  const std::string nasty = "\x1b]0;title\x07\n\r\xc2\x9b\xe2\x80\xae";
  trace.scenario = trace.model = nasty;
  trace.settings = {{nasty, 1}};
  for (std::string& name : trace.threads) name = nasty;
  for (Step& each : trace.steps) {
    each.operation = each.order = each.object = each.note = each.file = each.text = nasty;
    each.read = each.written = nasty;
  }
  trace.violation->message = trace.violation->file = nasty;
  const std::string result = text(trace, {.width = 500});
  for (const char c : result) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << int{c};
}

}  // namespace
}  // namespace heddle::report
