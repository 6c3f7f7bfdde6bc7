#include "tools/scenario/models_output.hpp"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

namespace heddle::cli {
namespace {

const Scenario& scenario() {
  static const Scenario sb = {.name = "sb", .summary = "", .parameters = {}, .expectations = {}};
  return sb;
}

/// Verdicts of sc, tso, ra, rc11 and cpp20: h, v, i or b each.
std::vector<Outcome> outcomes(const std::string& letters) {
  const std::array<const char*, 5> models = {"sc", "tso", "ra", "rc11", "cpp20"};
  std::vector<Outcome> all;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    Outcome outcome{.scenario = scenario()};
    outcome.options.model = models.at(i);
    outcome.result.verdict = letters[i] == 'h'   ? Verdict::holds
                             : letters[i] == 'v' ? Verdict::violated
                             : letters[i] == 'b' ? Verdict::broken
                                                 : Verdict::incomplete;
    if (letters[i] == 'v') {
      trace::Trace trace;
      trace.scenario = "sb";
      trace.model = models.at(i);
      trace.threads = {"main"};
      trace.violation = trace::Violation{.kind = ViolationKind::leak, .message = "m"};
      outcome.result.counterexample = trace;
    }
    all.push_back(outcome);
  }
  return all;
}

std::string sentence(const std::string& letters) { return model_sentence(outcomes(letters)); }

void expect_says(const std::string& letters, const std::string& part) {
  EXPECT_NE(sentence(letters).find(part), std::string::npos)
      << letters << ": " << sentence(letters);
}

TEST(ModelTable, SaysUnderWhichModelsItHolds) {
  EXPECT_EQ(sentence("hhhhh"), "holds under every model: sc, tso, ra, rc11 and cpp20.");
  EXPECT_EQ(
      sentence("vvvvv"),
      "violated under every model: sc, tso, ra, rc11 and cpp20. It takes no more than threads "
      "that run in turns: no memory order helps.");
  expect_says("hhhvv", "holds under sc, tso and ra; violated under rc11 and cpp20.");
  expect_says("hvvhh", "holds under sc, rc11 and cpp20; violated under tso and ra.");
  expect_says("hhhiv", "violated under cpp20; not known under rc11.");
  expect_says("hbbbb", "holds under sc; can't be checked under tso, ra, rc11 and cpp20.");
}

TEST(ModelTable, SaysWhatAViolationNeeds) {
  expect_says("hvvvv", "a store that takes effect after a later load");
  expect_says("hhvvv", "x86 prevents it");
  expect_says("hvvhh", "The orders that the program gives prevent it");
  expect_says("hhhvv", "weaker than release or acquire");
  expect_says("hhhhv", "as in C++20");
  for (const char* helped : {"hvvvv", "hhvvv", "hhhvv", "hhhhv"})
    expect_says(helped, "--strengthen");
  for (const char* helpless : {"vvvvv", "hhhhh", "hvvhh"}) {
    EXPECT_EQ(sentence(helpless).find("--strengthen"), std::string::npos) << helpless;
  }
}

/// Nothing is concluded from what is not known.
TEST(ModelTable, ConcludesNothingFromWhatIsNotKnown) {
  EXPECT_EQ(sentence("iiiii"), "not known under every model: sc, tso, ra, rc11 and cpp20.");
  EXPECT_EQ(sentence("ivvvv"), "violated under tso, ra, rc11 and cpp20; not known under sc.");
  EXPECT_EQ(sentence("hihhi"), "holds under sc, ra and rc11; not known under tso and cpp20.");
}

TEST(ModelTable, OverallVerdictIsTheWorst) {
  EXPECT_EQ(overall(outcomes("hhhhh")), Verdict::holds);
  EXPECT_EQ(overall(outcomes("hhihh")), Verdict::incomplete);
  EXPECT_EQ(overall(outcomes("hhihv")), Verdict::violated);
  EXPECT_EQ(overall(outcomes("hbihv")), Verdict::broken);
}

TEST(ModelTable, TextShowsTheStrongestModelsCounterexample) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  tell_models_text(outcomes("hhvhv"), std::nullopt, false);
  const std::string text = testing::internal::GetCapturedStdout();
  const std::string times = testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("model ra"), std::string::npos) << text;
  EXPECT_EQ(text.find("model cpp20"), std::string::npos) << text;
  EXPECT_NE(text.find("\nra        violated"), std::string::npos) << text;
  EXPECT_NE(text.find("\nviolated: sb (all models): holds under"), std::string::npos) << text;
  EXPECT_EQ(text.find(" s, "), std::string::npos) << text;
  EXPECT_NE(times.find("heddle: sc: "), std::string::npos) << times;

  testing::internal::CaptureStdout();
  tell_models_text(outcomes("hhvhv"), std::nullopt, true);
  const std::string quiet = testing::internal::GetCapturedStdout();
  EXPECT_EQ(quiet, "violated: sb (all models): " + sentence("hhvhv") + "\n");
}

TEST(ModelTable, JsonHasEveryResult) {
  testing::internal::CaptureStdout();
  tell_models_json(outcomes("hhhvv"), std::nullopt);
  const auto json = nlohmann::json::parse(testing::internal::GetCapturedStdout());
  EXPECT_EQ(json["schema"], "heddle.models/1");
  EXPECT_EQ(json["scenario"], "sb");
  EXPECT_EQ(json["verdict"], "violated");
  EXPECT_EQ(json["first_violated"], "rc11");
  EXPECT_EQ(json["sentence"], sentence("hhhvv"));
  ASSERT_EQ(json["results"].size(), 5U);
  EXPECT_EQ(json["results"][0]["verdict"], "holds");
  EXPECT_EQ(json["results"][4]["model"], "cpp20");
}

/// Only the counterexample that is shown goes to the file.
TEST(ModelTable, JsonNamesTheFileOnce) {
  const OutputFile null("/dev/null");
  testing::internal::CaptureStdout();
  tell_models_json(outcomes("hhhvv"), null);
  const auto json = nlohmann::json::parse(testing::internal::GetCapturedStdout());
  EXPECT_EQ(json["results"][3]["violation"]["trace"], "/dev/null");
  EXPECT_TRUE(json["results"][4]["violation"]["trace"].is_object());
}

}  // namespace
}  // namespace heddle::cli
