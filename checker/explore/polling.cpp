#include "checker/explore/polling.hpp"

#include <algorithm>
#include <tuple>

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
      : execution_(execution),
        graph_(execution.graph()),
        order_(graph_.order()),
        mark_(graph_.mark()) {
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      if (waits_with_time_out(thread)) pollers_.push_back(thread);
    }
  }

  ~Polling() {
    for (; !log_.empty(); log_.pop_back()) {
      const auto [id, added] = log_.back();
      added ? graph_.detach(id) : graph_.attach(id);
    }
    graph_.set_order(0, order_.data(), order_.size());
    graph_.release(mark_);
  }
  Polling(const Polling&) = delete;
  Polling& operator=(const Polling&) = delete;

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
      if (log_.size() > most_events || !take(*next)) return false;
      latest = next->thread;
    }
  }

  /// The newest values, and no choice but that a wait goes on.
  bool take(const Turn& turn) {
    std::optional<Found> found;
    bool flawed = false;
    const std::size_t before = graph_.order().size();
    choices_.clear();
    if (turn.kind == Turn::Kind::single) {
      execution_.add_single(turn, &found);
    } else if (!execution_.add_violation(turn, &found, &flawed)) {
      if (turn.kind == Turn::Kind::read) execution_.read_choices(turn, choices_);
      if (turn.kind == Turn::Kind::write) execution_.write_choices(turn, choices_);
      if (turn.kind == Turn::Kind::choice) {
        if (execution_.program()[turn.node].op.expected == 0) return false;  // the scenario's
        choices_.push_back({.kind = Choice::Kind::value});
      }
      if (choices_.empty() || !execution_.add(turn, choices_.front(), &found)) return false;
    }
    for (std::size_t i = before; i < graph_.order().size(); ++i) {
      log_.emplace_back(graph_.order()[i], true);
    }
    if (found || flawed || graph_.failed_assumptions() > 0) return false;
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
    const Turn turn{Turn::Kind::choice, thread, graph_[choice].node};
    std::vector<EventId> order = graph_.order();
    for (EventId id = no_event; id != choice;) {
      id = graph_.last(thread);
      graph_.detach(id);
      log_.emplace_back(id, false);
      order.erase(std::find(order.begin(), order.end(), id));
    }
    graph_.set_order(0, order.data(), order.size());
    const auto last = static_cast<std::uint32_t>(execution_.program()[turn.node].op.operand - 1);
    std::optional<Found> found;
    execution_.add(turn, {.kind = Choice::Kind::value, .position = last}, &found);
    log_.emplace_back(graph_.order().back(), true);
  }

  Execution& execution_;
  Graph& graph_;
  std::vector<EventId> order_;
  Graph::Mark mark_;
  std::vector<ThreadId> pollers_;
  std::vector<Snapshot> seen_;
  std::vector<std::pair<EventId, bool>> log_;  // added, or else taken away
  std::vector<Choice> choices_;
};

}  // namespace

bool polls_for_ever(Execution& execution) { return Polling(execution).is_endless(); }

}  // namespace heddle::explore
