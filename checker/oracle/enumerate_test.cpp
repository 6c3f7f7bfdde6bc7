// The oracle against published numbers (counts.csv) and against cases that are small enough to do
// by hand.
#include "checker/oracle/enumerate.hpp"

#include <gtest/gtest.h>

#include "checker/oracle/classics.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

constexpr int x = 0;
constexpr int y = 1;
constexpr int z = 2;
constexpr int w = 3;

// It agrees on the large ones as well, in minutes.
TEST(Enumerate, AgreesWithPublishedCounts) {
  int compared = 0;
  for (const PublishedCount& row :
       published_counts(HEDDLE_SOURCE_DIR "/checker/oracle/counts.csv")) {
    if (!is_small(row) || !is_classic(row)) continue;
    const Answer answer = enumerate(classic(row.program, row.parameter), model(row.model));
    const std::string what = row.program + " " + std::to_string(row.parameter) + " " + row.model;
    EXPECT_EQ(answer.complete, row.complete) << what;
    EXPECT_EQ(answer.deadlocked, 0U) << what;
    EXPECT_FALSE(answer.races) << what;
    ++compared;
  }
  EXPECT_EQ(compared, 36);
}

/// Number of complete graphs under each model: sc, tso, ra, rc11, cpp20.
std::vector<std::uint64_t> counts(const Program& program) {
  std::vector<std::uint64_t> all;
  for (const Model& candidate : models()) all.push_back(enumerate(program, candidate).complete);
  return all;
}

TEST(Models, DifferWhereTheirPapersSaySo) {
  using Counts = std::vector<std::uint64_t>;
  EXPECT_EQ(counts(classic("sb", 0)), (Counts{3, 4, 4, 4, 4}));
  EXPECT_EQ(counts(classic("mp", 0)), (Counts{3, 3, 3, 3, 3}));
  EXPECT_EQ(counts(classic("2+2w", 0)), (Counts{3, 3, 4, 4, 4}));
  EXPECT_EQ(counts(classic("iriw", 0)), (Counts{15, 15, 16, 16, 16}));

  Program relaxed_mp{.name = "mp, relaxed"};
  relaxed_mp.add({store(x, 1, rlx), store(y, 1, rlx)}).add({load(y, rlx), load(x, rlx)});
  EXPECT_EQ(counts(relaxed_mp), (Counts{3, 3, 3, 4, 4}));

  Program fenced_sb{.name = "sb with fences"};
  fenced_sb.add({store(x, 1, rlx), fence(sc), load(y, rlx)});
  fenced_sb.add({store(y, 1, rlx), fence(sc), load(x, rlx)});
  EXPECT_EQ(counts(fenced_sb), (Counts{3, 3, 3, 3, 3}));

  Program locked_sb{.name = "sb with locked instructions"};
  locked_sb.add({exchange(x, 1, acq_rel), load(y, rlx)});
  locked_sb.add({exchange(y, 1, acq_rel), load(x, rlx)});
  EXPECT_EQ(counts(locked_sb), (Counts{3, 3, 4, 4, 4}));
}

TEST(Models, RaAndTsoLookOnlyAtSeqCstFences) {
  using Counts = std::vector<std::uint64_t>;
  // Seq_cst accesses are acquire or release accesses in ra, and plain ones in tso.
  Program seq_cst_sb{.name = "sb, seq_cst"};
  seq_cst_sb.add({store(x, 1, sc), load(y, sc)}).add({store(y, 1, sc), load(x, sc)});
  EXPECT_EQ(counts(seq_cst_sb), (Counts{3, 4, 4, 3, 3}));

  Program weakly_fenced_sb{.name = "sb with acq_rel fences"};
  weakly_fenced_sb.add({store(x, 1, rlx), fence(acq_rel), load(y, rlx)});
  weakly_fenced_sb.add({store(y, 1, rlx), fence(acq_rel), load(x, rlx)});
  EXPECT_EQ(counts(weakly_fenced_sb), (Counts{3, 4, 4, 4, 4}));

  Program fenced_iriw{.name = "iriw with fences"};
  fenced_iriw.add({store(x, 1, rlx)}).add({store(y, 1, rlx)});
  fenced_iriw.add({load(x, rlx), fence(sc), load(y, rlx)});
  fenced_iriw.add({load(y, rlx), fence(sc), load(x, rlx)});
  EXPECT_EQ(counts(fenced_iriw), (Counts{15, 15, 15, 15, 15}));

  // The failed cas of each thread stands where a fence would.
  Program failing_sb{.name = "sb with cas that fail"};
  failing_sb.add({store(x, 1, rlx), cas(z, 1, 2, rlx, rlx), load(y, rlx)});
  failing_sb.add({store(y, 1, rlx), cas(w, 1, 2, rlx, rlx), load(x, rlx)});
  EXPECT_EQ(counts(failing_sb), (Counts{3, 3, 4, 4, 4}));
}

TEST(Models, CreatingAndJoiningThreadsOrders) {
  using Counts = std::vector<std::uint64_t>;
  Program passing{.name = "spawned reader"};
  passing.add({store(x, 1, rlx), spawn(1), store(x, 2, rlx)}).add({load(x, rlx)});
  EXPECT_EQ(counts(passing), (Counts{2, 2, 2, 2, 2}));

  Program joined{.name = "joined writer"};
  joined.add({spawn(1), join(1), load(x, rlx)}).add({store(x, 1, rlx)});
  EXPECT_EQ(counts(joined), (Counts{1, 1, 1, 1, 1}));

  // Only tso treats the spawn as a fence: x is in memory before T1 reads y.
  Program sb{.name = "sb around a spawn"};
  sb.add({store(x, 1, rlx), spawn(2), load(y, rlx)});
  sb.add({store(y, 1, rlx), fence(sc), load(x, rlx)});
  sb.add({load(z, rlx)});
  EXPECT_EQ(counts(sb), (Counts{3, 3, 4, 4, 4}));
}

TEST(Models, SpawnsAndJoinsLeadElsewhereInPsc) {
  // Store buffering; one half is a thread and who joins it. Its store is ordered before its load
  // because the thread's end and the join stand between them as accesses elsewhere would.
  Program program{.name = "sb around a join"};
  program.add({spawn(1), join(1), load(y, sc)});
  program.add({store(x, 1, sc)});
  program.add({store(y, 1, sc), load(x, sc)});
  EXPECT_EQ(enumerate(program, model("rc11")).complete, 3U);
  EXPECT_EQ(enumerate(program, model("ra")).complete, 4U);
}

TEST(Enumerate, ASkippedSpawnLeavesNothingToJoin) {
  Program program{.name = "spawn unless x was set"};
  program.add({load(x, rlx), skip_if(0, 1, 1), spawn(2), join(2)});
  program.add({store(x, 1, rlx)});
  program.add({load(x, rlx)});
  // T3 does not run, or reads either value.
  const Answer answer = enumerate(program, model("rc11"));
  EXPECT_EQ(answer.complete, 3U);
  EXPECT_EQ(answer.deadlocked, 0U);
}

TEST(Enumerate, JoiningAThreadThatNeverEndsIsADeadlock) {
  Program program{.name = "join of a stuck thread"};
  program.add({spawn(1), join(1)})
      .add({await(x, 1, rlx)})
      .add({store(x, 1, rlx), store(x, 2, rlx)});
  const Answer answer = enumerate(program, model("sc"));
  EXPECT_EQ(answer.complete, 1U);
  EXPECT_EQ(answer.deadlocked, 1U);
}

TEST(Programs, RefuseThreadsThatCannotBeCreated) {
  Program program{.name = "wrong"};
  program.add({load(x, rlx)});
  EXPECT_THROW(program.add({spawn(0)}), std::invalid_argument);
  EXPECT_THROW(program.add({spawn(1)}), std::invalid_argument);
  EXPECT_THROW(program.add({join(2)}), std::invalid_argument);
  EXPECT_THROW(program.add({spawn(2), spawn(2)}), std::invalid_argument);
  EXPECT_THROW(program.add({spawn(max_threads)}), std::invalid_argument);
  program.add({spawn(2), join(2)});
  EXPECT_THROW(enumerate(program, model("sc")), std::out_of_range);
}

TEST(Models, ReleaseSequenceEndsWithARelaxedStoreInCpp20) {
  Program program{.name = "mp through a relaxed store behind the release store"};
  program.add({store(x, 1, rlx), store(y, 1, rel), store(y, 2, rlx)});
  program.add({load(y, acq), load(x, rlx)});
  // y is 0 (x: 0 or 1), 1 (x: 1), or 2 (x: 1, and in C++20 also 0).
  EXPECT_EQ(enumerate(program, model("rc11")).complete, 4U);
  EXPECT_EQ(enumerate(program, model("cpp20")).complete, 5U);
}

TEST(Enumerate, FindsDataRacesThatTheModelAllows) {
  for (const auto order : {rlx, rel}) {
    Program program{.name = "plain mp"};
    program.add({write(x, constant(1)), store(y, 1, order)});
    program.add({load(y, order == rel ? acq : rlx), skip_if(0, 0, 1), read(x)});
    EXPECT_EQ(enumerate(program, model("rc11")).races, order == rlx);
    EXPECT_FALSE(enumerate(program, model("sc")).races);
    EXPECT_EQ(enumerate(program, model("sc")).complete, 2U);
  }
}

TEST(Enumerate, LocksExcludeAndOrder) {
  constexpr int mutex = 3;
  Program program{.name = "two critical sections"};
  for (int t = 0; t < 2; ++t)
    program.add({lock(mutex), read(x), write(x, reg(0, 1)), unlock(mutex)});
  const Answer answer = enumerate(program, model("rc11"));
  EXPECT_EQ(answer.complete, 2U);
  EXPECT_EQ(answer.deadlocked, 0U);
  EXPECT_FALSE(answer.races);
  for (const FinalState& state : answer.states) EXPECT_EQ(unpack(state.back(), x), 2);
}

TEST(Enumerate, FindsDeadlocks) {
  constexpr int a = 3;
  constexpr int b = 4;
  Program program{.name = "locks taken in opposite orders"};
  program.add({lock(a), lock(b), unlock(b), unlock(a)});
  program.add({lock(b), lock(a), unlock(a), unlock(b)});
  const Answer answer = enumerate(program, model("rc11"));
  EXPECT_EQ(answer.complete, 2U);
  EXPECT_EQ(answer.deadlocked, 1U);
}

TEST(Enumerate, AnAwaitMayMissItsWindow) {
  Program program{.name = "await 1, but 2 follows"};
  program.add({store(x, 1, rlx), store(x, 2, rlx)}).add({await(x, 1, rlx)});
  const Answer answer = enumerate(program, model("sc"));
  EXPECT_EQ(answer.complete, 1U);
  EXPECT_EQ(answer.deadlocked, 1U);

  Program both{.name = "await both, set one after the other"};
  both.add({store(x, 1, rlx)}).add({store(y, 1, rlx)}).add({await_both(x, 1, y, 1, rlx)});
  EXPECT_EQ(enumerate(both, model("sc")).complete, 1U);
  EXPECT_EQ(enumerate(both, model("sc")).deadlocked, 0U);
}

}  // namespace
}  // namespace heddle::oracle
