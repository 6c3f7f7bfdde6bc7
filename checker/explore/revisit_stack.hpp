// The revisits that led to the present graph, and what they deleted.
#pragma once

#include <vector>

#include "checker/explore/move.hpp"

namespace heddle::explore {

/// A new write `w` revisits a read `r`: all that came after `r` and is not before `w` is deleted,
/// `w` is added, and `r` again as a reader of it. Three states of the graph: as it was, restricted
/// (all deleted, `w` not placed yet), and placed. What was deleted keeps its records, so that it
/// can be put back.
class RevisitStack {
 public:
  struct Revisit {
    Move move;              // kind revisit
    std::size_t saved = 0;  // the first of what was in the order from the read on
    std::size_t order = 0;  // how many events the restricted graph has
    bool placed = false;
  };

  explicit RevisitStack(graph::Graph& graph) : graph_(graph) {}

  std::size_t depth() const { return open_.size(); }
  /// The innermost revisit; there must be one.
  const Revisit& top() const { return open_.back(); }
  /// Whether the graph is restricted: the next thing to add is the write of the innermost revisit.
  bool is_placing() const { return !open_.empty() && !open_.back().placed; }

  /// Restricts the graph.
  void enter(const Move& revisit);
  /// Notes that the write was added last, and the read at its old place in the order.
  void note_placed() { open_.back().placed = true; }
  /// Takes away the write, the read, and all behind: back to the restricted graph.
  void unplace();
  /// Back to the graph as it was.
  void leave();

  const std::vector<Revisit>& all() const { return open_; }

 private:
  graph::Graph& graph_;
  std::vector<Revisit> open_;
  std::vector<EventId> saved_;  // of all revisits, the innermost last
  std::vector<EventId> kept_;   // spares allocations
};

}  // namespace heddle::explore
