// What the litmus tests as a whole say.
#include <gtest/gtest.h>

#include <set>

#include "checker/agreement/herd_answers.hpp"
#include "checker/agreement/litmus_files.hpp"

namespace heddle::agreement {
namespace {

using Names = std::set<std::string>;

/// In these a thread stores to an object behind its own release of it, another thread acquires what
/// the later store wrote, and then reads something that only the release orders.
const Names differing = {"R1-0289.litmus", "R1-0659.litmus"};

/// Everything that a result says, as text.
std::string all_of(const litmus::Test& test, const std::string& model) {
  return herd_text(test, run(test, {.model = model}));
}

Names differing_in(const std::string& folder) {
  Names names;
  for (const std::string& file : litmus_files(folder)) {
    const litmus::Test test = read_litmus(folder, file);
    if (all_of(test, "rc11") != all_of(test, "cpp20")) names.insert(file);
  }
  return names;
}

Names differing_in(const HerdAnswers& answers) {
  Names names;
  for (const auto& [key, rc11] : answers) {
    if (key.second != "rc11") continue;
    const HerdAnswer& cpp20 = answers.at({key.first, "cpp20"});
    const bool same = rc11.observation == cpp20.observation &&
                      rc11.executions == cpp20.executions && rc11.states == cpp20.states &&
                      rc11.texts == cpp20.texts;
    if (!same) names.insert(key.first);
  }
  return names;
}

TEST(Litmus, Rc11AndCpp20DifferOnTheseTests) {
  EXPECT_EQ(differing_in(read_json_answers(litmus_folder("random/expected.json"))), differing);
  EXPECT_EQ(differing_in("random"), differing);
  // Where these have a store behind a release of the same object, no other thread reads it.
  EXPECT_EQ(differing_in(read_csv_answers(litmus_folder("cycles/expected.csv"))), Names{});
  EXPECT_EQ(differing_in("cycles"), Names{});
}

TEST(Litmus, AnswersThatCannotBeReadAreAnError) {
  EXPECT_THROW(read_json_answers("nowhere"), std::runtime_error);
  EXPECT_THROW(read_csv_answers("nowhere"), std::runtime_error);
}

TEST(Litmus, EveryAnswerHasItsFile) {
  for (const auto& [folder, answers] :
       {std::pair("random", read_json_answers(litmus_folder("random/expected.json"))),
        std::pair("cycles", read_csv_answers(litmus_folder("cycles/expected.csv")))}) {
    Names named;
    for (const auto& [key, answer] : answers) named.insert(key.first);
    const auto files = litmus_files(folder);
    EXPECT_EQ(named, Names(files.begin(), files.end())) << folder;
  }
  EXPECT_EQ(litmus_files("random").size(), 893U);
  EXPECT_EQ(litmus_files("cycles").size(), 1185U);
}

}  // namespace
}  // namespace heddle::agreement
