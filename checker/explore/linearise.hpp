// Orders of a graph's events: for people to read, and for the memory states that invariants see.
#pragma once

#include <vector>

#include "checker/graph/graph.hpp"

namespace heddle::explore {

/// Per thread, how many of its first events.
using Cut = std::vector<graph::Tick>;

/// Grows a cut of a graph event by event.
class Linearisation {
 public:
  /// Only events in `part` count. `interleaving`: orders respect po + rf + co + fr, else only po +
  /// rf.
  Linearisation(const graph::Graph& graph, Cut part, bool interleaving)
      : graph_(graph),
        part_(std::move(part)),
        interleaving_(interleaving),
        done_(part_.size(), 0) {}

  const Cut& done() const { return done_; }
  void restart_from(Cut done) { done_ = std::move(done); }
  void take(graph::ThreadId thread) { ++done_[thread]; }

  /// The thread's next event, or no_event if it has no more or must wait for others.
  graph::EventId next(graph::ThreadId thread) const;

  /// Takes all the rest, changing the thread as rarely as it is simple to. False if no order
  /// exists.
  bool finish(std::vector<graph::EventId>& order);

 private:
  bool in_part(graph::EventId id) const { return graph_[id].index <= part_[graph_[id].thread]; }
  bool is_done(graph::EventId id) const { return graph_[id].index <= done_[graph_[id].thread]; }
  bool ready(graph::EventId id) const;

  const graph::Graph& graph_;
  Cut part_;
  bool interleaving_;
  Cut done_;
};

/// All events of the graph.
Cut whole(const graph::Graph& graph);

/// The events of `part` in an order for people: an interleaving if one explains them; else some
/// reads are stale.
std::vector<graph::EventId> linearise(const graph::Graph& graph, const Cut& part);

}  // namespace heddle::explore
