// Loops, locks, waits that give up, ends of lives: answers of the oracle that can be found by hand.
#include <gtest/gtest.h>

#include "checker/oracle/enumerate.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

constexpr int x = 0;
constexpr int y = 1;
constexpr int m = 3;

Answer under_sc(const Program& program) { return enumerate(program, model("sc")); }

std::string flaws(const Answer& answer) {
  std::string text;
  for (const Flaw flaw : answer.flaws) text += (text.empty() ? "" : ", ") + to_string(flaw);
  return text;
}

TEST(Features, ALoopWaitsAsAnAwaitDoes) {
  for (const Model& each : models()) {
    Program loop;
    loop.add({store(x, 1, rel), store(x, 0, rel)}).add({spin(x, 1, acq)});
    Program wait;
    wait.add({store(x, 1, rel), store(x, 0, rel)}).add({await(x, 1, acq)});
    const Answer answer = enumerate(loop, each);
    EXPECT_EQ(answer.complete, 1U);
    EXPECT_EQ(answer.deadlocked, 1U);
    EXPECT_EQ(answer.complete, enumerate(wait, each).complete);
  }
}

/// The loop takes the first 1, the second one while the other cas has not taken it, or comes too
/// late. (checker/explore/choices_test.cpp has it for the engine.)
TEST(Features, ACompareExchangeLoopBesideAConflict) {
  Program program;
  program.add({cas(x, 1, 3, sc, sc)})
      .add({store(x, 1, sc), store(x, 1, sc)})
      .add({cas_until(x, 1, 2, sc, sc)});
  const Answer answer = under_sc(program);
  EXPECT_EQ(answer.complete, 6U);
  EXPECT_EQ(answer.deadlocked, 1U);
  EXPECT_EQ(flaws(answer), "deadlock");
}

TEST(Features, LoopsThatAddLoseNothing) {
  Program program;
  program.add({retry_add(x, 1, rlx)}).add({retry_add(x, 1, rlx)});
  const Answer answer = under_sc(program);
  ASSERT_EQ(answer.states.size(), 2U);
  for (const FinalState& state : answer.states) EXPECT_EQ(unpack(state.back(), x), 2);
}

/// First: it gets the lock. Behind the other's lock: it does not. Behind the unlock: it does.
TEST(Features, TryLock) {
  Program program;
  program.add({lock(m), unlock(m)}).add({try_lock(m), skip_if(0, 0, 1), unlock(m)});
  EXPECT_EQ(under_sc(program).complete, 3U);
  program.spurious = true;  // and it may fail for no reason where it gets it otherwise
  EXPECT_EQ(under_sc(program).complete, 5U);
}

TEST(Features, LocksInWrongHands) {
  Program twice;
  twice.add({lock(m), lock(m)});
  EXPECT_EQ(flaws(under_sc(twice)), "recursive lock");
  Program unowned;
  unowned.add({unlock(m)});
  EXPECT_EQ(flaws(under_sc(unowned)), "unlock without ownership");
  Program kept;
  kept.add({lock(m)});
  EXPECT_EQ(flaws(under_sc(kept)), "destruction of a held lock");
  EXPECT_EQ(under_sc(kept).failed, 1U);
}

TEST(Features, WaitsThatGiveUp) {
  Program never;
  never.add({timed_await(x, 1, sc)});
  EXPECT_EQ(under_sc(never).complete, 1U);
  EXPECT_EQ(under_sc(never).given_up, 1U);
  EXPECT_EQ(flaws(under_sc(never)), "");
  Program perhaps;
  perhaps.add({timed_await(x, 1, sc)}).add({store(x, 1, sc)});
  EXPECT_EQ(under_sc(perhaps).complete, 2U);
}

TEST(Features, ChoicesChecksAndAssumptions) {
  Program program;
  program.add({choose(3), assume(0, 1)}).add({load(x, sc), check(0, 0)}).add({store(x, 1, sc)});
  const Answer answer = under_sc(program);
  EXPECT_EQ(answer.complete, 1U);
  EXPECT_EQ(answer.failed, 3U);  // whatever is chosen
  EXPECT_EQ(flaws(answer), "assertion failed");
}

TEST(Features, EveryAccessComesAheadOfTheEndOfALife) {
  Program unordered;
  unordered.add({destroy(x)}).add({load(x, sc)});
  EXPECT_EQ(flaws(under_sc(unordered)), "use after free");
  Program ordered;
  ordered.add({await(y, 1, acq), destroy(x)}).add({store(x, 1, rlx), store(y, 1, rel)});
  for (const Model& each : models()) EXPECT_EQ(flaws(enumerate(ordered, each)), "") << each.name;
  Program told;  // by a relaxed store, which orders nothing
  told.add({await(y, 1, acq), destroy(x)}).add({store(x, 1, rlx), store(y, 1, rlx)});
  EXPECT_EQ(flaws(enumerate(told, model("cpp20"))), "use after free");
  EXPECT_EQ(flaws(enumerate(told, model("sc"))), "");
  Program polled;  // a round that fails is an access
  polled.add({destroy(x)}).add({await(x, 1, sc)});
  EXPECT_TRUE(under_sc(polled).flaws.contains(Flaw::use_after_free));
  Program again;
  again.add({destroy(x)}).add({destroy(x)});
  EXPECT_EQ(flaws(under_sc(again)), "double free");
}

TEST(Features, ReadsOfNothing) {
  Program program;
  program.uninitialised[x] = true;
  program.add({load(x, sc)}).add({store(x, 1, sc)});
  EXPECT_EQ(flaws(under_sc(program)), "uninitialised read");
  Program ordered;
  ordered.uninitialised[x] = true;
  ordered.add({store(x, 1, sc), load(x, sc)});
  EXPECT_EQ(flaws(under_sc(ordered)), "");
  Program polled;
  polled.uninitialised[x] = true;
  polled.add({await(x, 1, sc)}).add({store(x, 1, sc)});
  EXPECT_EQ(flaws(under_sc(polled)), "uninitialised read");
}

}  // namespace
}  // namespace heddle::oracle
