#include "checker/states/seen.hpp"

#include <gtest/gtest.h>

namespace heddle::states {
namespace {

Fingerprint of(std::uint64_t number) {
  Fingerprint state;
  state.change(0, 0, number + 1);
  return state;
}

TEST(Seen, KnowsWhatItMetWhenItHasGrown) {
  Seen seen;
  constexpr std::uint32_t many = 100'000;
  for (std::uint32_t i = 0; i < many; ++i) {
    bool fresh = false;
    seen.enter(of(i), &fresh).number = i + 1;
    EXPECT_TRUE(fresh);
  }
  EXPECT_EQ(seen.size(), many);
  for (std::uint32_t i = 0; i < many; ++i) {
    bool fresh = true;
    EXPECT_EQ(seen.enter(of(i), &fresh).number, i + 1);
    EXPECT_FALSE(fresh);
  }
}

TEST(Seen, SaysWhatItWillTake) {
  Seen seen;
  const std::size_t at_first = seen.next_bytes();
  for (std::uint32_t i = 0; seen.next_bytes() == at_first; ++i) {
    ASSERT_LT(i, 1'000'000U);
    bool fresh = false;
    seen.enter(of(i), &fresh).number = 1;
  }
  EXPECT_EQ(seen.next_bytes(), 2 * at_first);
  // A quarter of the places stays empty.
  EXPECT_EQ(seen.size(), at_first / sizeof(Seen::Entry) / 4 * 3);
}

TEST(Fingerprint, IsThatOfThePartsWhateverTheWay) {
  Fingerprint one;
  one.change(1, 0, 7);
  one.change(2, 0, 8);
  Fingerprint other;
  other.change(2, 0, 9);
  other.change(1, 0, 7);
  EXPECT_NE(one, other);
  other.change(2, 9, 8);
  EXPECT_EQ(one, other);
  other.change(2, 8, 0);
  other.change(1, 7, 0);
  EXPECT_EQ(other, Fingerprint());
}

TEST(Fingerprint, TellsPlacesApart) {
  Fingerprint one;
  one.change(1, 0, 7);
  Fingerprint other;
  other.change(2, 0, 7);
  EXPECT_NE(one, other);
}

}  // namespace
}  // namespace heddle::states
