#include "checker/jobs/message.hpp"

#include <gtest/gtest.h>

namespace heddle::jobs {
namespace {

const Position position({{.taken = 1, .end = 3, .moves = 4}, {.taken = 0, .end = 1, .moves = 2}});

TEST(Messages, TellAnOrder) {
  const Order order = order_from(text_of(Order{.part = 12, .position = position}));
  EXPECT_EQ(order.part, 12U);
  EXPECT_EQ(order.position, position);
}

TEST(Messages, TellAReport) {
  Report report{.part = 7, .kind = Report::Kind::look};
  report.slice.more.endings = {1, 2, 3, 4, 5, 6};
  report.slice.more.branches = {9, 8, 7, 6, 5};
  report.slice.more.events = 1'000'000'000'000;
  report.slice.more.bounds = {"at most one time-out per wait"};
  report.slice.left = position;
  report.slice.has_finding = true;
  report.slice.needs_one = true;

  const Report told = report_from(text_of(report));
  EXPECT_EQ(told.part, 7U);
  EXPECT_EQ(told.kind, Report::Kind::look);
  EXPECT_EQ(told.slice.more.endings, report.slice.more.endings);
  EXPECT_EQ(told.slice.more.branches.opened, 9U);
  EXPECT_EQ(told.slice.more.branches.executions, 8U);
  EXPECT_EQ(told.slice.more.branches.refused, 7U);
  EXPECT_EQ(told.slice.more.branches.conflicts, 6U);
  EXPECT_EQ(told.slice.more.branches.lost, 5U);
  EXPECT_EQ(told.slice.more.events, report.slice.more.events);
  EXPECT_EQ(told.slice.more.bounds, report.slice.more.bounds);
  EXPECT_EQ(told.slice.left, position);
  EXPECT_FALSE(told.slice.given);
  EXPECT_TRUE(told.slice.has_finding);
  EXPECT_TRUE(told.slice.needs_one);

  report.slice.given = position;
  EXPECT_EQ(report_from(text_of(report)).slice.given, position);
}

}  // namespace
}  // namespace heddle::jobs
