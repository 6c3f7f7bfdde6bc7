// Which memory announced accesses make shared, and what threads note of it.
#include <gtest/gtest.h>

#include "checker/memory/notes.hpp"

namespace heddle::memory {
namespace {

constexpr Cells::Use own = {.foreign = false, .changes = true};
constexpr Cells::Use others_look = {.foreign = true, .changes = false};
constexpr Cells::Use others_write = {.foreign = true, .changes = true};

TEST(AnnouncedCells, WhatOneThreadUsesAndWhatNobodyChangesIsNotShared) {
  Cells cells(32, true);
  EXPECT_FALSE(cells.announce(0, 8, own));
  EXPECT_FALSE(cells.announce(8, 16, others_look));
  EXPECT_TRUE(cells.shared().empty());
}

TEST(AnnouncedCells, WhatOthersUseAndSomebodyChangesIsShared) {
  Cells cells(32, true);
  EXPECT_FALSE(cells.announce(0, 8, own));
  EXPECT_TRUE(cells.announce(0, 8, others_look));
  EXPECT_FALSE(cells.announce(0, 8, others_look));
  EXPECT_TRUE(cells.announce(12, 16, others_write));
  ASSERT_EQ(cells.shared().size(), 2U);
  EXPECT_EQ(cells.first_shared(7)->offset, 0U);
  EXPECT_EQ(cells.first_shared(8)->offset, 12U);
  EXPECT_EQ(cells.first_shared(16), cells.shared().end());
}

TEST(AnnouncedCells, SharedOnesAreDividedAndOthersSilently) {
  Cells cells(32, true);
  EXPECT_TRUE(cells.announce(0, 8, others_write));
  EXPECT_TRUE(cells.announce(0, 4, others_write));
  EXPECT_EQ(cells.shared().size(), 2U);
  EXPECT_FALSE(cells.announce(8, 16, own));
  EXPECT_FALSE(cells.announce(8, 12, own));
}

TEST(AnnouncedCells, TheEndOfABlockIsAUseOfCellsToCome) {
  Cells cells(32, true);
  EXPECT_FALSE(cells.announce(0, 8, others_look));
  EXPECT_TRUE(cells.announce_end(own));
  EXPECT_EQ(cells.shared().size(), 1U);
  EXPECT_TRUE(cells.announce(8, 16, others_look));
  EXPECT_FALSE(cells.announce_end(own));
}

TEST(AnnouncedCells, AnArrayIsNotLearntElementByElement) {
  Cells cells(4096, true);
  for (std::uint32_t at = 0; at < 4096; at += 4) cells.announce(at, at + 4, own);
  unsigned surprises = 0;
  for (std::uint32_t at = 0; at < 4096; at += 4) {
    surprises += cells.announce(at, at + 4, others_look) ? 1 : 0;
  }
  EXPECT_EQ(cells.shared().size(), 1024U);
  EXPECT_EQ(surprises, 8U);
}

TEST(Notes, FindFewAndManyCells) {
  Notes notes;
  std::byte memory[1000] = {};
  for (std::size_t count = 0; count < 100; ++count) {
    EXPECT_EQ(notes.find(memory + 8 * count), nullptr);
    notes.add({.address = memory + 8 * count, .size = 8, .value = count});
    for (std::size_t i = 0; i <= count; ++i) ASSERT_EQ(notes.find(memory + 8 * i)->value, i);
  }
  EXPECT_EQ(notes.size(), 100U);
  notes.clear();
  EXPECT_EQ(notes.size(), 0U);
  EXPECT_EQ(notes.find(memory), nullptr);
}

}  // namespace
}  // namespace heddle::memory
