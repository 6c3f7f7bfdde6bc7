// Moves, and that they are undone.
#include <gtest/gtest.h>

#include "checker/explore/explore_test_support.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle::explore {
namespace {

using api::atomic;
using api::var;

/// Revisits of read-modify-writes, of waits that came too late, and revisits within revisits.
TEST(Undo, RestoresWhatRevisitsDelete) {
  const auto counters = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    run_threads([&] { x.fetch_add(1), y.store(1, relaxed); },
                [&] { x.fetch_add(1), y.load(relaxed); },
                [&] {
                  int expected = 1;
                  x.compare_exchange_weak(expected, 5);
                  y.store(2, relaxed);
                });
  };
  const auto waits = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    run_threads(
        [&] {
          y.fetch_add(1);
          while (x.load() == 1) {
          }
        },
        [&] {
          x.store(1);
          int zero = 0;
          int one = 1;
          y.compare_exchange_strong(zero, 2);
          x.compare_exchange_strong(one, 2);
        });
  };
  for (const std::string& model : heddle::model_names()) {
    EXPECT_EQ(problem_with_moves(counters, model), "") << model;
    EXPECT_EQ(problem_with_moves(counters, model, true), "") << model;
    EXPECT_EQ(problem_with_moves(waits, model), "") << model;
  }
}

std::vector<Move> moves_at(Execution& execution, const Turn& turn) {
  std::vector<Move> moves;
  execution.moves(turn, moves);
  return moves;
}

/// Adds what threads do until `thread` has its turn of this kind.
Turn advance_to(Execution& execution, ThreadId thread, Turn::Kind kind) {
  for (;;) {
    const Turn turn = execution.next();
    if (turn.kind == Turn::Kind::none || (turn.thread == thread && turn.kind == kind)) return turn;
    EXPECT_TRUE(execution.apply(moves_at(execution, turn).front()).admitted);
  }
}

/// Marks are undone in opposite sequence, and moves are of threads that can go on.
TEST(Contracts, AreChecked) {
  const auto sc = consistency::make_model("sc");
  with_execution([] { atomic<int> x{0}; }, *sc,
                 [](Execution& execution) {
                   const Execution::Mark empty = execution.mark();
                   execution.apply(moves_at(execution, execution.next()).front());
                   const Execution::Mark later = execution.mark();
                   execution.undo(empty);
                   EXPECT_THROW(execution.undo(later), AssertionError);
                   EXPECT_THROW(execution.apply({.thread = 7}), AssertionError);
                 });
}

TEST(Moves, OfAReadComeNewestFirst) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&] { x.store(1, relaxed), x.store(2, relaxed); }, [&] { x.load(relaxed); });
  };
  const auto rc11 = consistency::make_model("rc11");
  with_execution(body, *rc11, [](Execution& execution) {
    const Turn turn = advance_to(execution, 2, Turn::Kind::read);
    std::vector<std::uint64_t> values;
    for (const Move& move : moves_at(execution, turn)) {
      EXPECT_EQ(move.kind, Move::Kind::read);
      EXPECT_FALSE(move.finding);
      values.push_back(execution.graph()[move.event].value);
    }
    EXPECT_EQ(values, (std::vector<std::uint64_t>{2, 1, 0}));
  });
}

TEST(Moves, CarryWhatIsWrongWithThem) {
  const auto body = [] {
    var<int> x{0};
    run_threads([&] { x.set(1); }, [&] { x.set(2); });
  };
  const auto sc = consistency::make_model("sc");
  with_execution(body, *sc, [](Execution& execution) {
    Turn turn = execution.next();
    while (!moves_at(execution, turn).front().finding) {
      execution.apply(moves_at(execution, turn).front());
      turn = execution.next();
      ASSERT_NE(turn.kind, Turn::Kind::none);
    }
    EXPECT_EQ(turn.thread, 2U);
    const Move move = moves_at(execution, turn).front();
    EXPECT_EQ(move.kind, Move::Kind::single);  // a race does not end its thread
    EXPECT_EQ(move.finding->kind, ViolationKind::data_race);
    EXPECT_EQ(execution.graph()[move.finding->other].thread, 1U);
    const Applied applied = execution.apply(move);
    ASSERT_TRUE(applied.found);
    EXPECT_EQ(applied.found->kind, ViolationKind::data_race);
    EXPECT_EQ(applied.found->at, execution.graph().last(2));
    EXPECT_FALSE(execution.ended(2));
  });
}

TEST(Moves, OfAWriteThatRevisitsAreThoseOfTheGraphThatIsLeft) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads(
        [&] {
          x.load();
          x.load();  // elsewhere: one that is repeated comes last
        },
        [&] { x.store(1); });
  };
  const auto sc = consistency::make_model("sc");
  with_execution(body, *sc, [](Execution& execution) {
    const Turn turn = advance_to(execution, 2, Turn::Kind::write);
    std::vector<Move> revisits;
    execution.revisits(turn, revisits);
    ASSERT_EQ(revisits.size(), 2U);  // the later read first
    const std::size_t events = execution.graph().order().size();
    const Execution::Mark mark = execution.mark();
    execution.apply(revisits[1]);
    EXPECT_LT(execution.graph().order().size(), events);
    const Turn write = execution.next();
    EXPECT_EQ(write.thread, 2U);
    EXPECT_EQ(write.kind, Turn::Kind::write);
    std::vector<Move> again;
    execution.revisits(write, again);
    EXPECT_TRUE(again.empty());
    ASSERT_TRUE(execution.apply(moves_at(execution, write).front()).admitted);
    EXPECT_EQ(execution.graph()[execution.graph().last(1)].value, 1U);
    execution.undo(mark);
    EXPECT_EQ(execution.graph().order().size(), events);
  });
}

}  // namespace
}  // namespace heddle::explore
