#include "checker/trace/trace.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace heddle::trace {
namespace {

// Every member differs from its default in at least one step.
Trace sample() {
  Trace trace;
  trace.scenario = "message_passing";
  trace.settings = {{"least", std::numeric_limits<std::int64_t>::min()},
                    {"most", std::numeric_limits<std::int64_t>::max()}};
  trace.model = "rc11";
  trace.spurious = true;
  trace.threads = {"main", "writer \"w\"", "r\xc3\xa9\n"};
  trace.shared_memory.push_back({.place = "stack",
                                 .bytes = 4096,
                                 .at = 0x2000'0000'1000,
                                 .offsets = {0, 8},
                                 .sizes = {4, 8},
                                 .changes = {1, 0}});
  trace.steps.push_back(
      {.thread = 0, .operation = "construct", .object = "x", .written = "", .clock = {1, 0, 0}});
  trace.steps.push_back({.thread = 1,
                         .operation = "compare_exchange",
                         .order = "acq_rel",
                         .object = "x",
                         .object_type = "atomic",
                         .read = "0",
                         .written = "1",
                         .success = false,
                         .reads_from = 1,
                         .coherence = 0,
                         .stale = true,
                         .choice = std::numeric_limits<std::uint64_t>::max(),
                         .spurious = true,
                         .waits = true,
                         .target = 2,
                         .note = "failed spuriously",
                         .file = "a.cpp",
                         .function = "body",
                         .line = 12,
                         .text = "x.compare_exchange_weak(e, 1);",
                         .clock = {1, 2, 0}});
  trace.explanation = {{"thread 1 reads the old value", {1, 2}}, {"so it goes on", {}}};
  trace.simplest = Simplicity{.switches = 3, .events = 4, .minimal = true};
  trace.sources = {{"a.cpp", {"#include \"x\"", "", "  int y;\t"}}, {"b.cpp", {}}};
  trace.violation = Violation{.kind = ViolationKind::data_race,
                              .message = "x is written without order",
                              .thread = 2,
                              .step = 2,
                              .other_step = 1,
                              .file = "a.cpp",
                              .line = 12};
  return trace;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("the sample lacks " + from);
  return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
  try {
    from_json(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Trace, SurvivesTheRoundTrip) {
  const Trace before = sample();
  const Trace after = from_json(to_json(before));
  EXPECT_EQ(to_json(after), to_json(before));
  EXPECT_EQ(after.settings, before.settings);
  EXPECT_EQ(after.threads, before.threads);
  EXPECT_EQ(after.steps, before.steps);
  EXPECT_EQ(after.explanation, before.explanation);
  EXPECT_EQ(after.simplest, before.simplest);
  EXPECT_EQ(after.sources, before.sources);
  ASSERT_EQ(after.steps.size(), 2U);
  EXPECT_EQ(after.steps[0].written, "");
  EXPECT_FALSE(after.steps[0].read.has_value());
  const Step& step = after.steps[1];
  EXPECT_EQ(step.success, false);
  EXPECT_EQ(step.reads_from, 1U);
  EXPECT_EQ(step.coherence, 0U);
  EXPECT_TRUE(step.stale);
  EXPECT_EQ(step.choice, std::numeric_limits<std::uint64_t>::max());
  ASSERT_TRUE(after.violation.has_value());
  EXPECT_EQ(after.violation->kind, ViolationKind::data_race);
  EXPECT_EQ(after.violation->other_step, 1U);
}

TEST(Trace, MayHaveNoViolationAndNoSteps) {
  Trace trace = sample();
  trace.violation.reset();
  trace.steps.clear();
  trace.explanation.clear();
  trace.simplest.reset();
  trace.sources.clear();
  const Trace after = from_json(to_json(trace));
  EXPECT_FALSE(after.violation.has_value());
  EXPECT_TRUE(after.steps.empty());
  EXPECT_FALSE(after.simplest.has_value());
}

TEST(Trace, WritesBytesThatAreNotUtf8AsReplacementCharacters) {
  Trace trace = sample();
  trace.steps[1].text = "caf\xe9";
  EXPECT_EQ(from_json(to_json(trace)).steps[1].text, "caf\xef\xbf\xbd");
}

TEST(Trace, TheSchemaListsEveryKindOfViolation) {
  std::ifstream file(HEDDLE_SOURCE_DIR "/docs/trace.schema.json");
  const auto schema = nlohmann::json::parse(file);
  std::vector<std::string> kinds;
  for (int i = 0; i <= static_cast<int>(ViolationKind::misuse); ++i) {
    kinds.emplace_back(to_string(static_cast<ViolationKind>(i)));
  }
  EXPECT_EQ(schema["$defs"]["violation"]["properties"]["kind"]["enum"], nlohmann::json(kinds));
}

TEST(Trace, RefusesWhatIsNoTrace) {
  EXPECT_EQ(refusal(""), "the trace is empty");
  EXPECT_EQ(refusal(" \n"), "the trace is empty");
  EXPECT_EQ(refusal("#include <x>"), "this is not a heddle trace: it is not JSON (byte 1)");
  EXPECT_EQ(refusal("[1]"), "this is JSON, but not a heddle trace: it names no schema");
  EXPECT_EQ(refusal("{}"), "this is JSON, but not a heddle trace: it names no schema");
  EXPECT_EQ(refusal(R"({"schema": "heddle.result/1"})"),
            "this is not a heddle trace: its schema is 'heddle.result/1'");
  EXPECT_NE(refusal(std::string("{\"schema\": \"\xff\"}")), "accepted");
}

TEST(Trace, RefusesOtherVersions) {
  EXPECT_EQ(refusal(replaced(to_json(sample()), "trace/4", "trace/2")),
            "the trace has format version 2, but this heddle reads version 4");
  EXPECT_EQ(refusal(replaced(to_json(sample()), "trace/4", "trace/3")),
            "the trace has format version 3, but this heddle reads version 4");
  EXPECT_EQ(refusal(replaced(to_json(sample()), "trace/4", "trace/1")),
            "the trace has format version 1, but this heddle reads version 4");
}

TEST(Trace, RefusesEveryTruncation) {
  const std::string text = to_json(sample());
  const std::size_t end = text.rfind('}');
  for (std::size_t size = 1; size <= end; ++size) {
    const std::string sentence = refusal(text.substr(0, size));
    EXPECT_EQ(sentence, "the trace is truncated: it ends after " + std::to_string(size) + " bytes");
  }
  EXPECT_NE(refusal(text + "{}"), "accepted");
}

TEST(Trace, RefusesWrongTypesAndMembers) {
  const std::string text = to_json(sample());
  EXPECT_EQ(refusal(replaced(text, R"("scenario": "message_passing")", R"("scenario": 7)")),
            "member 'scenario' of the trace is not a string");
  EXPECT_EQ(refusal(replaced(text, R"("spurious": true)", R"("spurious": 1)")),
            "member 'spurious' of the trace is not true or false");
  EXPECT_EQ(refusal(replaced(text, R"("model": "rc11",)", "")),
            "the trace lacks the member 'model'");
  EXPECT_EQ(refusal(replaced(text, R"("thread":1,)", R"("thread":1,"cpu":1,)")),
            "step 2 has an unknown member 'cpu'");
  EXPECT_EQ(refusal(replaced(text, R"("line":12)", R"("line":-12)")),
            "member 'line' of step 2 is not a whole number from 0 to 4294967295");
  EXPECT_EQ(refusal(replaced(text, "-9223372036854775808", "1.5")),
            "setting 'least' of the trace is not a whole number");
  EXPECT_EQ(refusal(replaced(text, "9223372036854775807", "9223372036854775808")),
            "setting 'most' of the trace is not a whole number");
  EXPECT_EQ(refusal(replaced(text, "\"data race\"", "\"tea break\"")),
            "the violation is of an unknown kind 'tea break'");
  EXPECT_NE(refusal(replaced(text, "9223372036854775807", "1e999")), "accepted");
  EXPECT_NE(refusal(R"({"schema": "heddle.trace/4", "steps": 3})"), "accepted");
}

/// Whichever of two is taken, somebody may have meant the other one.
TEST(Trace, RefusesMembersThatAreThereTwice) {
  const std::string text = to_json(sample());
  EXPECT_EQ(refusal(replaced(text, R"("model": "rc11",)", R"("model": "sc", "model": "rc11",)")),
            "member 'model' of the trace is there twice");
  EXPECT_EQ(refusal(replaced(text, R"("thread":1,)", R"("thread":0,"thread":1,)")),
            "member 'thread' of step 2 is there twice");
  EXPECT_EQ(refusal(replaced(text, R"("settings": {)", R"("settings": {"most":1,)")),
            "member 'most' of 'settings' is there twice");
  EXPECT_EQ(refusal(replaced(text, R"({"text":)", R"({"text":"","text":)")),
            "member 'text' of entry 1 of 'explanation' is there twice");
  EXPECT_EQ(refusal(replaced(text, R"("kind":)", R"("kind":"leak","kind":)")),
            "member 'kind' of 'violation' is there twice");
  EXPECT_EQ(refusal(replaced(text, R"("b.cpp": [)", R"("b.cpp": [],"b.cpp": [)")),
            "member 'b.cpp' of 'sources' is there twice");
  // Spelled differently, it is the same one.
  EXPECT_EQ(
      refusal(replaced(text, R"("model": "rc11",)", R"("model": "sc", "m\u006fdel": "rc11",)")),
      "member 'model' of the trace is there twice");
}

TEST(Trace, RefusesReferencesOutOfRange) {
  const std::string text = to_json(sample());
  EXPECT_EQ(refusal(replaced(text, R"("thread":1,)", R"("thread":3,)")),
            "member 'thread' of step 2 is 3, which is not in the range 0 to 2");
  EXPECT_EQ(refusal(replaced(text, R"("reads_from":1)", R"("reads_from":2)")),
            "member 'reads_from' of step 2 is 2, which is not in the range 1 to 1");
  EXPECT_EQ(refusal(replaced(text, R"("step":2)", R"("step":3)")),
            "member 'step' of the violation is 3, which is not in the range 0 to 2");
  EXPECT_EQ(refusal(replaced(text, R"("other_step":1)", R"("other_step":4294967297)")),
            "member 'other_step' of the violation is 4294967297, which is not in the range 0 to 2");
  EXPECT_EQ(refusal(replaced(text, R"("steps":[1,2])", R"("steps":[1,3])")),
            "member 'steps' of entry 1 of the explanation is not a list of whole numbers from 1 to "
            "2");
}

TEST(Trace, RefusesClocksThatAreNone) {
  const std::string text = to_json(sample());
  const auto with = [&](const std::string& clock) {
    return refusal(replaced(text, R"("clock":[1,2,0])", "\"clock\":" + clock));
  };
  EXPECT_EQ(with("[1,2]"), "the clock of step 2 has 2 entries, but there are 3 threads");
  EXPECT_EQ(
      with("[1,1,0]"),
      "the clock of step 2 has the entry 1 for thread 1, which is no such step of that thread");
  EXPECT_EQ(
      with("[1,2,1]"),
      "the clock of step 2 has the entry 1 for thread 2, which is no such step of that thread");
  EXPECT_EQ(
      with("[1,2,2]"),
      "the clock of step 2 has the entry 2 for thread 2, which is no such step of that thread");
  EXPECT_EQ(with("[1,3,0]"), "member 'clock' of step 2 is not a list of whole numbers from 0 to 2");
  EXPECT_EQ(with("7"), "member 'clock' of step 2 is not a list");
}

}  // namespace
}  // namespace heddle::trace
