#include "checker/explore/polling.hpp"

#include <algorithm>
#include <tuple>

#include "checker/explore/detour.hpp"

namespace heddle::explore {
namespace {

using graph::EventKind;
using graph::Graph;
using graph::no_event;
using runtime::no_node;
using runtime::Node;

constexpr std::size_t most_events = 2000;  // of one look

/// What must recur: where the pollers stand, with all they remember, and the newest values.
struct Snapshot {
  std::vector<std::tuple<ThreadId, runtime::State, const void*>> pollers;
  std::vector<std::pair<std::uint64_t, EventId>> objects;  // value, end of life
  bool operator==(const Snapshot&) const = default;
};

/// Plays the pollers in the execution's graph and takes everything back.
class Polling {
 public:
  explicit Polling(Execution& execution)
      : execution_(execution), graph_(execution.graph()), detour_(execution) {
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      if (waits_with_time_out(thread)) pollers_.push_back(thread);
    }
  }

  bool is_endless() {
    for (const ThreadId thread : pollers_) {
      // What the first giving up leads to is explored.
      const EventId choice = choice_of(thread);
      if (choice == no_event || !node_of(choice).op.weak) return false;
    }
    for (;;) {
      if (!settle()) return false;
      std::vector<ThreadId> waiting;
      for (const ThreadId thread : pollers_) {
        if (execution_.ended(thread)) continue;
        if (!waits_with_time_out(thread) || choice_of(thread) == no_event) return false;
        waiting.push_back(thread);
      }
      if (waiting.empty()) return somebody_waits();
      if (!note_state(waiting)) return false;
      // All had their turn since.
      for (std::size_t i = 0; i + waiting.size() < seen_.size(); ++i) {
        if (seen_[i] == seen_.back()) return true;
      }
      run_out_of_time(waiting[seen_.size() % waiting.size()]);
    }
  }

 private:
  const Node& node_of(EventId id) const { return execution_.program()[graph_[id].node]; }
  bool is_poller(ThreadId thread) const {
    return std::find(pollers_.begin(), pollers_.end(), thread) != pollers_.end();
  }

  /// The head of the round in which the thread waits, or no_node.
  NodeId head_of_wait(ThreadId thread) {
    const EventId last = graph_.last(thread);
    if (execution_.ended(thread)) {
      return last != no_event && graph_[last].kind == EventKind::stuck ? graph_[last].node
                                                                       : no_node;
    }
    const NodeId state = execution_.state_of(thread);
    const NodeId retry = execution_.program()[state].retry;
    return retry == no_node ? state : retry;
  }

  bool waits_with_time_out(ThreadId thread) {
    const NodeId head = head_of_wait(thread);
    return head != no_node && execution_.program()[head].gives_up;
  }

  bool somebody_waits() const {
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      const EventId last = graph_.last(thread);
      const bool stuck = last != no_event && graph_[last].kind == EventKind::stuck;
      if (!is_poller(thread) && (stuck || !execution_.ended(thread))) return true;
    }
    return false;
  }

  /// Where the thread chose to wait: right ahead of its failing loads.
  EventId choice_of(ThreadId thread) const {
    const auto& events = graph_.thread(thread).events;
    for (std::size_t i = events.size(); i-- > 0;) {
      const EventKind kind = graph_[events[i]].kind;
      if (kind == EventKind::choice) return events[i];
      if (kind != EventKind::read && kind != EventKind::stuck) break;
    }
    return no_event;
  }

  /// Lets the pollers go on until each waits or has ended. False if that tells nothing: where
  /// another thread could go on, or they take too long.
  bool settle() {
    ThreadId latest = 0;
    for (;;) {
      std::optional<Turn> next;
      for (ThreadId i = 1; i <= graph_.threads(); ++i) {
        const ThreadId thread = (latest + i) % graph_.threads();
        if (execution_.ended(thread)) continue;
        const Turn turn = execution_.turn_of(thread);
        if (turn.kind == Turn::Kind::none) continue;
        if (!is_poller(thread)) return false;
        if (!next) next = turn;  // each other one first sees what the latest did
      }
      if (!next) return true;
      if (detour_.length() > most_events || !take(*next)) return false;
      latest = next->thread;
    }
  }

  /// The newest values, and no choice but that a wait goes on.
  bool take(const Turn& turn) {
    moves_.clear();
    if (turn.kind == Turn::Kind::choice) {
      if (execution_.program()[turn.node].op.expected == 0) return false;  // the scenario's
      moves_.push_back({.kind = Move::Kind::value, .thread = turn.thread, .node = turn.node});
    } else {
      execution_.moves(turn, moves_);
    }
    if (moves_.empty()) return false;
    const Applied applied = detour_.apply(moves_.front());
    const bool is_wrong = applied.found || moves_.front().finding;
    if (!applied.admitted || is_wrong || graph_.failed_assumptions() > 0) return false;
    const graph::Event& last = graph_[graph_.order().back()];
    if (last.kind != EventKind::read || !last.rmw) return true;
    return take({Turn::Kind::write, turn.thread, turn.node});
  }

  /// False if it is not known what a thread remembers.
  bool note_state(const std::vector<ThreadId>& waiting) {
    Snapshot& now = seen_.emplace_back();
    for (const ThreadId thread : waiting) {
      const Node& node = execution_.program()[head_of_wait(thread)];
      if (!node.state.known()) return false;
      now.pollers.emplace_back(thread, node.state, node.op.address);
    }
    for (graph::LocationId id = 1; id < graph_.locations(); ++id) {
      const graph::Location& location = graph_.location(id);
      if (location.coherence.empty()) continue;
      now.objects.emplace_back(graph_[location.coherence.back()].value, location.destroyed);
    }
    return true;
  }

  /// Takes the thread back to its choice and chooses the other way.
  void run_out_of_time(ThreadId thread) {
    const EventId choice = choice_of(thread);
    Move move{.kind = Move::Kind::value, .thread = thread, .node = graph_[choice].node};
    move.position = static_cast<std::uint32_t>(node_of(choice).op.operand - 1);
    detour_.take_back(choice);
    detour_.apply(move);
  }

  Execution& execution_;
  const Graph& graph_;
  Detour detour_;
  std::vector<ThreadId> pollers_;
  std::vector<Snapshot> seen_;
  std::vector<Move> moves_;
};

}  // namespace

bool polls_for_ever(Execution& execution) { return Polling(execution).is_endless(); }

}  // namespace heddle::explore
