#include "checker/explore/position.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace heddle::explore {
namespace {

TEST(Position, IsReadAsItIsWritten) {
  const Position position({{0, 2, 2}, {3, 4, 7}});
  EXPECT_EQ(position.text(), "0/2/2 3/4/7");
  EXPECT_EQ(Position::from(position.text()), position);
  EXPECT_EQ(Position::from(""), Position());
}

TEST(Position, OfTheBeginningHasAllLeft) {
  const Position beginning = Position::beginning();
  EXPECT_FALSE(beginning.is_done());
  EXPECT_EQ(beginning.left(), 1.0);
  EXPECT_EQ(Position::from(beginning.text()), beginning);
  EXPECT_NE(beginning, Position());
}

TEST(Position, OfWrongTextIsRefused) {
  for (const char* text : {"x", "1/2", "1/2/3/4", "2/2/3", "0/4/3", "-1/2/2", "0/ 1/1"}) {
    EXPECT_THROW(Position::from(text), std::invalid_argument) << text;
  }
}

TEST(Position, SplitsItsOutermostChoice) {
  Position position({{1, 2, 2}, {0, 5, 5}, {0, 2, 2}});
  EXPECT_DOUBLE_EQ(position.left(), 0.5 * 4 / 5 + 0.1 * 1 / 2);
  const Position given = position.split();
  EXPECT_EQ(position, Position({{1, 2, 2}, {0, 3, 5}, {0, 2, 2}}));
  EXPECT_EQ(given, Position({{1, 2, 2}, {2, 5, 5}}));
  EXPECT_DOUBLE_EQ(position.left() + given.left(), 0.5 * 4 / 5 + 0.1 * 1 / 2);
  EXPECT_EQ(position.with_all_behind(), Position({{1, 2, 2}, {0, 5, 5}, {0, 2, 2}}));
}

TEST(Position, IsDoneWhenAllItsMovesWereTried) {
  Position position({{1, 2, 2}, {0, 3, 5}});
  EXPECT_FALSE(position.is_done());
  while (!position.is_done()) position.split();
  EXPECT_EQ(position, Position({{1, 2, 2}, {0, 1, 5}}));
  EXPECT_TRUE(Position().is_done());
}

}  // namespace
}  // namespace heddle::explore
