#include "tools/cli/run_options.hpp"

#include <gtest/gtest.h>

#include "tools/cli/command_line.hpp"
#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

struct Parsed {
  RunOptions options;
  std::vector<std::string> forwarded;
  std::string error;
};

Parsed parsed(std::vector<const char*> words) {
  Parsed result;
  CommandLine line("A program", "program");
  add_exploration_options(line, result.options);
  add_result_options(line, result.options);
  words.insert(words.begin(), "program");
  try {
    line.parse(static_cast<int>(words.size()), words.data());
    result.forwarded = forwarded(line);
  } catch (const UsageError& error) {
    result.error = error.what();
  }
  return result;
}

TEST(RunOptions, AreForwardedAsGiven) {
  EXPECT_TRUE(parsed({}).forwarded.empty());
  const Parsed all = parsed({"--model", "sc", "--keep-going", "--set", "a=1", "--set=b=-2",
                             "--trace", "a b.json", "--seconds=1.5", "--expect", "violated"});
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.forwarded,
            (std::vector<std::string>{"--model=sc", "--keep-going", "--seconds=1.5", "--set=a=1",
                                      "--set=b=-2", "--trace=a b.json", "--expect=violated"}));
  EXPECT_EQ(all.options.set, (std::vector<std::string>{"a=1", "b=-2"}));
  EXPECT_EQ(all.options.seconds, 1.5);
}

TEST(RunOptions, RefuseNumbersOutOfRange) {
  EXPECT_EQ(parsed({"--steps", "60000"}).error, "");
  EXPECT_EQ(parsed({"--steps", "60001"}).error,
            "--steps takes a whole number from 1 to 60000, not '60001'");
  EXPECT_EQ(parsed({"--seed", "18446744073709551615"}).error, "");
  EXPECT_NE(parsed({"--seed", "18446744073709551616"}).error, "");
  EXPECT_NE(parsed({"--executions=-1"}).error, "");
  EXPECT_NE(parsed({"--executions", "1x"}).error, "");
  EXPECT_EQ(parsed({"--executions", "010"}).options.executions, 10U);
  for (const char* text : {"nan", "inf", "-1", "1e999", "", "2s"}) {
    EXPECT_NE(parsed({"--seconds", text}).error, "") << text;
  }
}

TEST(RunOptions, NameWhatIsUnknown) {
  EXPECT_EQ(parsed({"--expect", "hold"}).error,
            "unknown value of --expect 'hold'; did you mean 'holds'? There are: holds, violated");
  EXPECT_EQ(parsed({"--modle=sc"}).error.find("unknown option '--modle'; did you mean '--model'?"),
            0U);
  EXPECT_EQ(parsed({"extra"}).error, "unexpected argument 'extra'; see --help");
}

TEST(RunOptions, SettingsAreNamesWithWholeNumbers) {
  EXPECT_EQ(parse_setting("n=-3"), (std::pair<std::string, std::int64_t>("n", -3)));
  for (const char* text : {"", "n", "=3", "n=", "n=1.5", "n=0x10", "n=9223372036854775808"}) {
    EXPECT_THROW(parse_setting(text), UsageError) << text;
  }
}

}  // namespace
}  // namespace heddle::cli
