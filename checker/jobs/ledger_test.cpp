#include "checker/jobs/ledger.hpp"

#include <gtest/gtest.h>

namespace heddle::jobs {
namespace {

Totals counted(std::uint64_t executions) {
  Totals totals;
  totals.endings[0] = executions;
  return totals;
}

/// Three moves: the first is done.
Position three() { return Position({{.taken = 0, .end = 3, .moves = 3}}); }

Position nine() { return Position({{.taken = 0, .end = 9, .moves = 9}}); }

TEST(Ledger, GivesEachPartOnce) {
  Ledger ledger({{.position = three()}}, false);
  Part* part = ledger.next();
  ASSERT_NE(part, nullptr);
  EXPECT_EQ(part->position, three());
  part->is_taken = true;
  EXPECT_EQ(ledger.next(), nullptr);
  EXPECT_TRUE(ledger.is_open());
}

TEST(Ledger, AddsUpWhatPartsCounted) {
  Ledger ledger({{.position = three()}}, false);
  const std::uint64_t first = ledger.next()->id;
  Position left = three();
  const Position given = left.split();
  ledger.advance(first, left, counted(3), given);
  const std::uint64_t second = ledger.parts().back().id;
  ledger.advance(second, {}, counted(5), {});
  ledger.advance(first, {}, counted(7), {});
  EXPECT_FALSE(ledger.is_open());
  EXPECT_EQ(ledger.totals().endings[0], 15U);
  EXPECT_EQ(ledger.left(), 0.0);
  EXPECT_EQ(ledger.parts().size(), 1U) << "parts that are done need no memory";
}

TEST(Ledger, KeepsTheOrderOfOneSearch) {
  Ledger ledger({{.position = nine()}}, false);
  const std::uint64_t first = ledger.next()->id;
  Position left = ledger.next()->position;
  const Position last = left.split();
  ledger.advance(first, left, {}, last);
  const Position middle = left.split();
  ledger.advance(first, left, {}, middle);
  std::vector<Position> order;
  for (const Part& part : ledger.parts()) order.push_back(part.position);
  EXPECT_EQ(order, (std::vector<Position>{left, middle, last}));
}

TEST(Ledger, DropsWhatComesBehindTheFirstViolation) {
  Ledger ledger({{.position = nine()}}, false);
  const std::uint64_t first = ledger.next()->id;
  Position left = ledger.next()->position;
  const Position last = left.split();
  ledger.advance(first, left, counted(1), last);
  const std::uint64_t second = ledger.parts().back().id;
  Position rest = last;
  const Position farther = rest.split();
  ledger.advance(second, rest, counted(20), farther);
  const std::uint64_t third = ledger.parts().back().id;

  ledger.note_finding(second);
  EXPECT_FALSE(ledger.contains(third));
  ASSERT_TRUE(ledger.finding());
  EXPECT_EQ(ledger.finding()->from, rest);
  EXPECT_TRUE(ledger.is_open()) << "a violation may come before this one";

  ledger.advance(first, {}, counted(2), {});
  EXPECT_FALSE(ledger.is_open());
  EXPECT_EQ(ledger.finding()->before.endings[0], 23U);
}

TEST(Ledger, GoesOnBehindViolationsWhereAllAreCounted) {
  Ledger ledger({{.position = three()}}, true);
  const std::uint64_t first = ledger.next()->id;
  ledger.note_finding(first);
  Position left({{.taken = 1, .end = 3, .moves = 3}});
  ledger.advance(first, left, counted(4), {});
  ledger.note_finding(first);
  EXPECT_TRUE(ledger.is_open());
  EXPECT_EQ(ledger.finding()->from, three()) << "the first one's";
}

TEST(Ledger, KeepsAFindingWhenPartsAreMerged) {
  Ledger ledger({{.position = three()}}, true);
  const std::uint64_t first = ledger.next()->id;
  Position left = three();
  const Position given = left.split();
  ledger.advance(first, left, {}, given);
  const std::uint64_t second = ledger.parts().back().id;
  ledger.note_finding(second);
  ledger.advance(second, {}, counted(1), {});
  ledger.advance(first, {}, counted(1), {});
  ASSERT_TRUE(ledger.finding());
  EXPECT_EQ(ledger.finding()->from, given);
}

}  // namespace
}  // namespace heddle::jobs
