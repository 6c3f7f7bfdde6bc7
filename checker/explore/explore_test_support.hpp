// For the tests of this folder: executions of small bodies, driven by hand.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "checker/explore/explorer.hpp"
#include "checker/graph/dump_test_support.hpp"

namespace heddle::explore {

/// Calls `drive` with an empty execution of the body; once more with the memory that its threads
/// turned out to share.
inline void with_execution(const std::function<void()>& body, const consistency::Model& model,
                           const std::function<void(Execution&)>& drive, bool spurious = false,
                           std::uint32_t steps = 1000) {
  memory::Areas areas;
  for (;;) {
    try {
      runtime::Program program(body, {}, areas);
      Execution execution(program, model, spurious, steps);
      return drive(execution);
    } catch (const runtime::SharedMemoryGrew&) {
      // All that was found is void.
    }
  }
}

/// Counts, and goes on whatever comes.
class Tally : public Listener {
 public:
  virtual ~Tally() = default;
  bool on_violation(Execution&, const Found& found) override {
    violations.push_back(found.kind);
    return true;
  }
  bool on_execution(Execution& execution, Ending ending) override {
    ++endings[ending];
    if (at_end) at_end(execution, ending);
    return true;
  }
  bool on_tick() override { return true; }

  std::map<Ending, int> endings;
  std::vector<ViolationKind> violations;
  std::function<void(Execution&, Ending)> at_end;
};

/// The search in its simplest form: each move of each turn, with a look at the graph before and
/// after.
class EachMove {
 public:
  EachMove(Execution& execution, Listener& listener) : execution_(execution), listener_(listener) {}

  /// How the graph differed where it should not; empty if it did not.
  const std::string& problem() const { return problem_; }

  void run() {
    std::vector<Move> moves;
    const Turn turn = execution_.next();
    if (turn.kind == Turn::Kind::none) {
      const std::string before = graph::dump(execution_.graph());
      report_end(execution_, listener_);
      expect(before, "the end of an execution");
      for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
        if (!execution_.ended(thread)) execution_.conflict_moves(thread, moves);
      }
    } else {
      execution_.moves(turn, moves);
      const bool happens = moves.empty() || moves.front().kind != Move::Kind::violation;
      if (happens) execution_.revisits(turn, moves);
    }
    take(moves);
  }

 private:
  void take(const std::vector<Move>& moves) {
    if (moves.empty()) return;
    const std::string before = graph::dump(execution_.graph());
    const Execution::Mark mark = execution_.mark();
    for (const Move& move : moves) {
      const Applied applied = execution_.apply(move);
      if (applied.found) listener_.on_violation(execution_, *applied.found);
      if (applied.admitted) {
        run();
      } else {
        expect(before, "a move that was refused");
      }
      execution_.undo(mark);
      expect(before, "a move that was undone");
    }
  }

  void expect(const std::string& before, const std::string& behind) {
    const std::string now = graph::dump(execution_.graph());
    if (now == before || !problem_.empty()) return;
    problem_ = "behind " + behind + ":\n" + now + "it was:\n" + before;
  }

  Execution& execution_;
  Listener& listener_;
  std::string problem_;
};

/// Each move is undone exactly, and the search finds what the simplest one does, in the same order.
/// Else what is wrong.
inline std::string problem_with_moves(const std::function<void()>& body, const std::string& model,
                                      bool spurious = false) {
  const auto axioms = consistency::make_model(model);
  Tally simple;
  Tally fast;
  std::string problem;
  with_execution(
      body, *axioms,
      [&](Execution& execution) {
        simple = Tally();
        EachMove each(execution, simple);
        each.run();
        problem = each.problem();
      },
      spurious);
  with_execution(
      body, *axioms,
      [&](Execution& execution) {
        fast = Tally();
        Explorer(execution, fast).run();
      },
      spurious);
  if (simple.endings != fast.endings) problem += "other executions than the search's; ";
  if (simple.violations != fast.violations) problem += "other violations than the search's";
  return problem;
}

}  // namespace heddle::explore
