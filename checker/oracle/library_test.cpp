// The machine of library objects: answers that can be found by hand.
#include "checker/oracle/library.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace heddle::oracle::library {
namespace {

std::string flaws(const Answer& answer) {
  std::string text;
  for (const Flaw flaw : answer.flaws) text += (text.empty() ? "" : ", ") + to_string(flaw);
  return text;
}

TEST(Library, DataIsSafeUnderALock) {
  Program program;
  program.threads = {{{Call::lock}, {Call::set, 0, 1}, {Call::unlock}},
                     {{Call::lock}, {Call::get, 0}, {Call::unlock}}};
  const Answer answer = explore(program);
  EXPECT_EQ(flaws(answer), "");
  EXPECT_EQ(answer.states.size(), 2U);
  program.threads[1] = {{Call::get, 0}};
  EXPECT_EQ(flaws(explore(program)), "data race");
}

TEST(Library, LocksInOppositeOrder) {
  Program program;
  program.threads = {{{Call::lock, 0}, {Call::lock, 1}, {Call::unlock, 1}, {Call::unlock, 0}},
                     {{Call::lock, 1}, {Call::lock, 0}, {Call::unlock, 0}, {Call::unlock, 1}}};
  EXPECT_EQ(flaws(explore(program)), "deadlock");
}

/// Another thread that gives up does not hide the deadlock.
TEST(Library, LocksInOppositeOrderBesideAPoller) {
  Program program;
  program.threads = {{{Call::lock, 0}, {Call::lock, 1}, {Call::unlock, 1}, {Call::unlock, 0}},
                     {{Call::lock, 1}, {Call::lock, 0}, {Call::unlock, 0}, {Call::unlock, 1}},
                     {{Call::take_timed}}};
  EXPECT_EQ(flaws(explore(program)), "deadlock");
}

TEST(Library, TwoReadersButNoWriterShareALock) {
  Program program;
  program.types[0] = MutexType::shared;
  program.latch = 1;
  const std::vector<Step> reader = {{Call::lock_shared}, {Call::latch_wait}, {Call::unlock_shared}};
  program.threads = {reader, {{Call::lock_shared}, {Call::count_down}, {Call::unlock_shared}}};
  EXPECT_EQ(flaws(explore(program)), "");
  program.threads[1] = {{Call::lock}, {Call::count_down}, {Call::unlock}};
  EXPECT_EQ(flaws(explore(program)), "deadlock");
}

TEST(Library, ANotificationThatComesTooEarlyIsLost) {
  Program program;
  program.threads = {{{Call::lock}, {Call::wait}, {Call::unlock}}, {{Call::notify_one}}};
  EXPECT_EQ(flaws(explore(program)), "deadlock");
  program.threads = {{{Call::lock}, {Call::wait_value, 0, 1}, {Call::unlock}},
                     {{Call::lock}, {Call::set, 0, 1}, {Call::notify_one}, {Call::unlock}}};
  EXPECT_EQ(flaws(explore(program)), "");
}

/// A wake-up for no reason brings the waiter to the data although nobody orders it.
TEST(Library, ANotificationOrdersNothing) {
  Program program;
  program.threads = {{{Call::lock}, {Call::wait}, {Call::get, 0}, {Call::unlock}},
                     {{Call::set, 0, 1}, {Call::notify_all}}};
  EXPECT_TRUE(explore(program).races);
}

TEST(Library, SemaphoresAndRecursion) {
  Program program;
  program.types[0] = MutexType::recursive;
  program.threads = {{{Call::lock}, {Call::lock}, {Call::give}, {Call::unlock}, {Call::unlock}},
                     {{Call::take}, {Call::try_take}}};
  const Answer answer = explore(program);
  EXPECT_EQ(flaws(answer), "");
  ASSERT_EQ(answer.states.size(), 1U);
  EXPECT_EQ(unpack((*answer.states.begin())[1], 0), 0);
}

TEST(Library, RefusesWrongUse) {
  Program program;
  program.threads = {{{Call::unlock}}};
  EXPECT_THROW(explore(program), std::invalid_argument);
  program.threads = {{{Call::lock}, {Call::lock}}};
  EXPECT_THROW(explore(program), std::invalid_argument);
  program.threads = {{{Call::lock}}};
  EXPECT_THROW(explore(program), std::invalid_argument);
}

}  // namespace
}  // namespace heddle::oracle::library
