#include "tools/command/help.hpp"

#include <gtest/gtest.h>

namespace heddle::command {
namespace {

using Words = std::vector<std::string>;

TEST(Help, IsAnOptionOfTheCommand) {
  EXPECT_EQ(with_help_as_option({"heddle", "help"}), (Words{"heddle", "--help"}));
  EXPECT_EQ(with_help_as_option({"heddle", "help", "run"}), (Words{"heddle", "run", "--help"}));
  EXPECT_EQ(with_help_as_option({"heddle", "run", "help"}), (Words{"heddle", "run", "help"}));
  EXPECT_EQ(with_help_as_option({"heddle"}), (Words{"heddle"}));
}

TEST(Help, OfScenariosIsAskedForByNameAndOption) {
  EXPECT_EQ(help_of_scenario({"heddle", "run", "--help"}), std::nullopt);
  EXPECT_EQ(help_of_scenario({"heddle", "run", "no such scenario", "--help"}), std::nullopt);
  EXPECT_EQ(help_of_scenario({"heddle", "list", "--help"}), std::nullopt);
}

}  // namespace
}  // namespace heddle::command
