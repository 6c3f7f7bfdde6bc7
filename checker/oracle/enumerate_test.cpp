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

/// Whether brute force does the row within about a second. It agrees on the others as well, in
/// minutes.
bool is_small(const PublishedCount& row) {
  const bool wide = row.program == "readers" || row.program == "ainc";
  return row.complete <= 2500 && !(wide && row.complete > 256);
}

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
  EXPECT_EQ(counts(fenced_sb), (Counts{3, 3, 4, 3, 3}));

  Program locked_sb{.name = "sb with locked instructions"};
  locked_sb.add({exchange(x, 1, acq_rel), load(y, rlx)});
  locked_sb.add({exchange(y, 1, acq_rel), load(x, rlx)});
  EXPECT_EQ(counts(locked_sb), (Counts{3, 3, 4, 4, 4}));
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
