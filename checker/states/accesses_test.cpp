#include "checker/states/accesses.hpp"

#include <gtest/gtest.h>

namespace heddle::states {
namespace {

using enum AccessKind;

TEST(Conflict, IsPlainAndWritingOrAboutALife) {
  EXPECT_TRUE(conflict(read, write));
  EXPECT_TRUE(conflict(write, write));
  EXPECT_TRUE(conflict(read, atomic_write));
  EXPECT_TRUE(conflict(atomic_read, write));
  EXPECT_TRUE(conflict(atomic_read, life));
  EXPECT_FALSE(conflict(read, read));
  EXPECT_FALSE(conflict(read, atomic_read));
  EXPECT_FALSE(conflict(atomic_write, atomic_write));
  EXPECT_FALSE(conflict(spawn, write));
  EXPECT_FALSE(conflict(join, life));
}

TEST(Accesses, EqualListsAreOne) {
  Accesses accesses;
  const AccessesId one = accesses.with(accesses.with(0, {1, read, 0}), {2, write, 0});
  const AccessesId other = accesses.with(accesses.with(0, {1, read, 0}), {2, write, 0});
  EXPECT_EQ(one, other);
  EXPECT_EQ(accesses.with(one, {1, read, 0}), one) << "a loop must not make it longer";
  EXPECT_TRUE(accesses.may_have(one, 1));
  EXPECT_FALSE(accesses.may_have(one, 3));
  // Behind a spawn the same access is another one: the new thread may race with it.
  EXPECT_NE(accesses.with(accesses.with(one, {3, spawn, 0}), {1, read, 0}),
            accesses.with(one, {3, spawn, 0}));
}

bool is_three(ThreadId thread) { return thread == 3; }

TEST(Accesses, ASpawnOrdersWhatComesBeforeIt) {
  Accesses accesses;
  AccessesId list = accesses.with(0, {1, write, 0});
  list = accesses.with(list, {3, spawn, 0});
  list = accesses.with(list, {2, write, 0});
  EXPECT_TRUE(accesses.is_ordered(list, 0, is_three));
  EXPECT_FALSE(accesses.is_ordered(list, 2, is_three));
}

TEST(Accesses, WhatAJoinedThreadDidIsOrderedBehindTheJoin) {
  Accesses accesses;
  const AccessesId other = accesses.with(0, {1, write, 2});
  const AccessesId before = accesses.with(0, {5, write, 0});
  const AccessesId joined = accesses.joined(before, 0, other, 2);
  EXPECT_FALSE(accesses.is_ordered(joined, 1, is_three));
  EXPECT_TRUE(accesses.is_ordered(accesses.with(joined, {3, spawn, 0}), 1, is_three));
  // A thread that the other one started does not wait for the one that joins.
  const AccessesId spawning = accesses.with(other, {3, spawn, 2});
  const AccessesId late = accesses.joined(before, 0, spawning, 2);
  EXPECT_FALSE(accesses.is_ordered(late, 0, is_three));
  EXPECT_TRUE(accesses.is_ordered(late, 1, is_three));
}

}  // namespace
}  // namespace heddle::states
