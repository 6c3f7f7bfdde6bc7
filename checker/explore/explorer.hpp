// Optimal exploration: visits every consistent execution once (TruSt; see docs/EXPLORATION.md).
#pragma once

#include <vector>

#include "checker/explore/execution.hpp"
#include "checker/explore/listener.hpp"

namespace heddle::explore {

/// How the branches of a search ended. Each ends in one of these ways, or the search is at fault.
struct Branches {
  std::uint64_t opened = 1;
  std::uint64_t executions = 0;  // told to the listener
  std::uint64_t refused = 0;     // the memory model does not admit it, or a wait would not end
  std::uint64_t conflicts = 0;   // a read-modify-write whose place is taken: made for its revisits
  std::uint64_t lost = 0;        // without a reason

  /// How many have no ending, once the search is over.
  std::uint64_t unexplained() const {
    const std::uint64_t ended = executions + refused + conflicts;
    return ended > opened ? ended - opened : opened - ended;
  }
};

/// Depth-first search over the choices of an Execution, with everything undone in place.
class Explorer {
 public:
  Explorer(Execution& execution, Listener& listener) : execution_(execution), listener_(listener) {}

  /// Explores everything. Returns false if the listener ended the search.
  bool run();

  const Branches& branches() const { return branches_; }

  /// Estimated fraction of the search tree that is done, 0 to 1.
  double explored() const;

 private:
  /// A point of choice. Alternatives are on a common stack, [first, end); `next` is the first that
  /// was not tried.
  struct Frame {
    enum class Kind : std::uint8_t { plain, revisit };
    Kind kind = Kind::plain;
    Turn turn;
    std::size_t order = 0;  // events before it
    graph::Graph::Mark mark;
    std::size_t first = 0, end = 0, next = 0;
    // Of a revisit: where the read stands in the order, what it was, and the events from there on,
    // as they were.
    std::size_t place = 0;
    EventId former = graph::no_event;
    std::size_t saved = 0;
    bool spurious = false;
  };

  bool tick();
  bool step(const Turn& turn);
  bool open(const Turn& turn, std::size_t first);
  bool advance();
  bool backtrack();
  bool apply(Turn turn, const Choice& choice);
  void undo(const Frame& frame);
  bool enter_revisit(const Choice& choice);
  bool apply_revisited(const Choice& choice);
  void leave_revisit(const Frame& frame);
  bool finish_execution();

  Execution& execution_;
  Listener& listener_;
  std::vector<Frame> frames_;
  std::vector<Choice> choices_;
  std::vector<EventId> saved_;
  std::vector<EventId> kept_;  // spares allocations
  Branches branches_;
  std::uint64_t steps_ = 0;
  bool stopped_ = false;
};

}  // namespace heddle::explore
