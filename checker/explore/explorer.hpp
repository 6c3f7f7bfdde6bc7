// Optimal exploration: visits every consistent execution once (TruSt; see docs/EXPLORATION.md).
#pragma once

#include <vector>

#include "checker/explore/position.hpp"
#include "checker/explore/strategy.hpp"

namespace heddle::explore {

/// How the branches of a search ended. Each ends in one of these ways, or the search is at fault.
struct Branches {
  std::uint64_t opened = 1;
  std::uint64_t executions = 0;  // told to the listener
  std::uint64_t refused = 0;     // the memory model does not admit it, or a wait would not end
  std::uint64_t conflicts = 0;   // a read-modify-write whose place is taken: made for its revisits
  std::uint64_t lost = 0;        // without a reason

  /// Adds those of another part of the same search.
  void add(const Branches& part);
  /// How many have no ending, once the search is over.
  std::uint64_t unexplained() const {
    const std::uint64_t ended = executions + refused + conflicts;
    return ended > opened ? ended - opened : opened - ended;
  }
};

/// Depth-first search over the moves of an Execution, with everything undone in place.
class Explorer final : public Strategy {
 public:
  /// `execution` is empty.
  Explorer(Execution& execution, Listener& listener)
      : execution_(execution), listener_(listener), walked_(execution.events()) {}

  /// Goes on from a position, where another search stopped, in place of the beginning: walks there
  /// without telling anybody. To be called before run().
  void start_at(const Position& position);
  /// Explores everything, or what is left of the position that it started at. Once it has paused it
  /// may be called again, to go on.
  bool run() override;
  /// Has run() return false at the end of the present branch, or of its first.
  void pause() { pauses_ = true; }
  /// Whether the last run() paused.
  bool has_paused() const { return has_paused_; }
  /// Where run() paused; done if nothing is left.
  Position position() const;
  /// Takes away a part of what is left, where run() paused. Not if nothing is left.
  Position split();
  /// Of the search tree.
  double explored() const override;
  /// Without those on the way to the position that it started at: others have counted them.
  std::uint64_t events() const override { return execution_.events() - walked_; }
  std::uint64_t lost() const override { return branches_.lost + branches_.unexplained(); }

  const Branches& branches() const { return branches_; }

 private:
  /// A point of choice. Its moves are on a common stack from `first` on; `next` is the first that
  /// was not tried. Those from `end` on belong to other searches.
  struct Frame {
    Execution::Mark mark;
    std::size_t first = 0, end = 0, next = 0;
    std::uint32_t moves = 0;
  };

  bool tick();
  bool step();
  void collect(const Turn& turn);
  std::size_t walk_to_choice();
  bool open(std::size_t first, Turn::Kind turn);
  bool advance();
  bool backtrack();
  bool take(const Move& move);
  bool finish_execution();

  Execution& execution_;
  Listener& listener_;
  std::vector<Frame> frames_;
  std::vector<Move> moves_;
  Branches branches_;
  std::uint64_t steps_ = 0;
  std::uint64_t walked_;  // events that are not its own
  bool stopped_ = false;
  bool pauses_ = false;
  bool has_paused_ = false;
  bool at_end_ = false;  // of a branch: run() goes on with another one
};

}  // namespace heddle::explore
