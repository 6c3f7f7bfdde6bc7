#include "tools/command/description.hpp"

#include <gtest/gtest.h>

namespace heddle::command {
namespace {

const char* const text = R"({"schema": "heddle.scenario/2", "name": "sb", "summary": "s",
  "parameters": [{"name": "n", "initial": 1, "least": 0, "most": 2, "help": ""}],
  "expectations": [
    {"settings": {}, "models": [], "verdict": "holds", "complete": null},
    {"settings": {"n": 2}, "models": ["rc11", "weak"], "verdict": "violated", "complete": 4},
    {"settings": {"n": 2}, "models": ["sc"], "verdict": "holds", "complete": null}],
  "models": ["sc", "rc11", "weak"]})";

TEST(Description, IsReadFromJson) {
  const auto description = parse_description(text);
  ASSERT_TRUE(description.has_value());
  EXPECT_EQ(description->name, "sb");
  EXPECT_EQ(description->initial.at("n"), 1);
  EXPECT_FALSE(parse_description("").has_value());
  EXPECT_FALSE(parse_description("{}").has_value());
  EXPECT_FALSE(parse_description(R"({"schema": "heddle.scenario/2", "name": 3})").has_value());
}

TEST(Description, KnowsWhatIsExpectedOfWhichModelAndSettings) {
  const auto description = parse_description(text);
  ASSERT_TRUE(description.has_value());
  const auto verdict = [&](const char* model, const std::map<std::string, std::int64_t>& settings) {
    const auto expected = description->expected(model, settings);
    return expected ? expected->verdict : "unknown";
  };
  EXPECT_EQ(verdict("rc11", {}), "holds");
  EXPECT_EQ(verdict("rc11", {{"n", 1}}), "holds");
  EXPECT_EQ(verdict("sc", {}), "holds");
  EXPECT_EQ(verdict("weak", {}), "holds");
  EXPECT_EQ(verdict("rc11", {{"n", 2}}), "violated");
  EXPECT_EQ(verdict("sc", {{"n", 2}}), "holds");
  EXPECT_EQ(verdict("weak", {{"n", 2}}), "violated");
  EXPECT_EQ(verdict("strong", {{"n", 2}}), "unknown");
  EXPECT_EQ(verdict("rc11", {{"n", 0}}), "unknown");
}

}  // namespace
}  // namespace heddle::command
