// Orders of a graph's events: for people to read, and for the memory states that invariants see.
#pragma once

#include <cstdint>
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
  Linearisation(const graph::Graph& graph, Cut part, bool interleaving);

  const Cut& done() const { return done_; }
  void restart_from(Cut done);
  void take(graph::ThreadId thread);

  /// The thread's next event, or no_event if it has no more or must wait for others.
  graph::EventId next(graph::ThreadId thread) const;

  /// Takes all that the thread can do without others.
  void run(graph::ThreadId thread, std::vector<graph::EventId>& order);
  /// Takes all the rest, changing the thread as rarely as it is simple to. False if no order
  /// exists.
  bool finish(std::vector<graph::EventId>& order);

 private:
  bool in_part(graph::EventId id) const { return graph_[id].index <= part_[graph_[id].thread]; }
  bool is_done(graph::EventId id) const { return graph_[id].index <= done_[graph_[id].thread]; }
  /// Nobody waits for what is done, or no part of what is asked for.
  bool is_over(graph::EventId id) const { return !in_part(id) || is_done(id); }
  bool ready(graph::EventId id) const;
  bool may_write(const graph::Event& write) const;
  bool all_read(graph::EventId id, const graph::Event* but_by) const;
  void pass_failed_attempts(graph::ThreadId thread);

  const graph::Graph& graph_;
  Cut part_;
  bool interleaving_;
  Cut done_;
  // Per location, how many of its first writes are known to be done with all their reads: a write
  // of a long execution need not look at them again. The cut only grows, but for restart_from().
  mutable std::vector<std::uint32_t> settled_;
};

/// All events of the graph.
Cut whole(const graph::Graph& graph);

/// Events in an order for people.
struct Order {
  std::vector<graph::EventId> events;
  bool interleaving = false;     // else some reads are stale
  bool fewest_switches = false;  // no such order changes from one thread to another less often
};

/// The events of `part`: an interleaving if one explains them, with as few changes of the thread as
/// possible; of such orders one that ends with thread `last`, if there is one. Where more than some
/// ten thousand cuts would have to be looked at, the changes are few, not the fewest.
Order linearise(const graph::Graph& graph, const Cut& part, graph::ThreadId last);

}  // namespace heddle::explore
