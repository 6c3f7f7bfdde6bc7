#include "checker/explore/linearise.hpp"

#include <set>

namespace heddle::explore {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;

Linearisation::Linearisation(const Graph& graph, Cut part, bool interleaving)
    : graph_(graph), part_(std::move(part)), interleaving_(interleaving), done_(part_.size(), 0) {
  for (ThreadId thread = 0; thread < part_.size(); ++thread) pass_failed_attempts(thread);
}

void Linearisation::take(ThreadId thread) {
  ++done_[thread];
  pass_failed_attempts(thread);
}

/// An attempt to lock that failed is how the search came here, nothing that the execution shows.
void Linearisation::pass_failed_attempts(ThreadId thread) {
  while (done_[thread] < part_[thread]) {
    const EventId id = graph_.event_at(thread, static_cast<Tick>(done_[thread] + 1));
    if (graph_[id].kind != EventKind::failed_attempt) return;
    ++done_[thread];
  }
}

EventId Linearisation::next(ThreadId thread) const {
  if (done_[thread] == part_[thread]) return no_event;
  const EventId id = graph_.event_at(thread, static_cast<Tick>(done_[thread] + 1));
  return ready(id) ? id : no_event;
}

void Linearisation::run(ThreadId thread, std::vector<EventId>& order) {
  for (EventId event = next(thread); event != no_event; event = next(thread)) {
    order.push_back(event);
    take(thread);
  }
}

bool Linearisation::finish(std::vector<EventId>& order) {
  for (bool grew = true; grew;) {
    grew = false;
    for (ThreadId thread = 0; thread < part_.size(); ++thread) {
      const std::size_t before = order.size();
      run(thread, order);
      grew |= order.size() > before;
    }
  }
  return done_ == part_;
}

bool Linearisation::ready(EventId id) const {
  const Event& event = graph_[id];
  const EventId creator = graph_.thread(event.thread).created_by;
  if (event.index == 1 && creator != no_event && !is_done(creator)) return false;
  if (event.reads_from != no_event && !is_done(event.reads_from)) return false;
  if (!interleaving_ || event.kind != EventKind::write || !event.atomic) return true;
  const auto& coherence = graph_.location(event.location).coherence;
  for (std::uint32_t position = 0; position < event.coherence; ++position) {
    const EventId write = coherence[position];
    if (in_part(write) && !is_done(write)) return false;
    for (EventId reader = graph_[write].first_reader; reader != no_event;
         reader = graph_[reader].next_reader) {
      const bool counts = graph_[reader].kind == EventKind::read && in_part(reader);
      if (counts && !is_done(reader)) return false;
    }
  }
  return true;
}

Cut whole(const Graph& graph) {
  Cut cut;
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    cut.push_back(static_cast<Tick>(graph.thread(thread).events.size()));
  }
  return cut;
}

namespace {

constexpr std::size_t most_cuts = 20'000;

/// Breadth-first search for the order with the fewest changes of the thread. A thread that has its
/// turn takes all that it can: an event taken early keeps no other one from being taken.
class FewestSwitches {
 public:
  FewestSwitches(const Graph& graph, const Cut& part, bool interleaving)
      : part_(part), steps_(graph, part, interleaving) {}

  /// The threads in the order of their turns; empty if there are too many cuts to look at.
  std::vector<ThreadId> run() {
    reached_.push_back({steps_.done(), 0, 0});
    known_.insert(reached_.front().cut);
    std::vector<EventId> ignored;
    for (std::size_t at = 0; at < reached_.size() && reached_.size() < most_cuts; ++at) {
      for (ThreadId thread = 0; thread < part_.size(); ++thread) {
        steps_.restart_from(reached_[at].cut);
        ignored.clear();
        steps_.run(thread, ignored);
        if (ignored.empty() || !known_.insert(steps_.done()).second) continue;
        reached_.push_back({steps_.done(), at, thread});
        if (steps_.done() == part_) return turns();
      }
    }
    return {};
  }

 private:
  struct Reached {
    Cut cut;
    std::size_t from;  // in reached_
    ThreadId by;
  };

  std::vector<ThreadId> turns() const {
    std::vector<ThreadId> turns;
    for (std::size_t at = reached_.size() - 1; at != 0; at = reached_[at].from) {
      turns.push_back(reached_[at].by);
    }
    return {turns.rbegin(), turns.rend()};
  }

  const Cut& part_;
  Linearisation steps_;
  std::vector<Reached> reached_;
  std::set<Cut> known_;
};

std::uint32_t count_switches(const Graph& graph, const std::vector<EventId>& events) {
  std::uint32_t count = 0;
  for (std::size_t i = 1; i < events.size(); ++i) {
    count += graph[events[i]].thread != graph[events[i - 1]].thread ? 1 : 0;
  }
  return count;
}

}  // namespace

Order linearise(const Graph& graph, const Cut& part) {
  Order order;
  for (const bool interleaving : {true, false}) {
    order = {.events = {}, .interleaving = interleaving};
    if (Linearisation(graph, part, interleaving).finish(order.events)) break;
  }
  const std::vector<ThreadId> turns = FewestSwitches(graph, part, order.interleaving).run();
  if (!turns.empty()) {
    order.events.clear();
    Linearisation steps(graph, part, order.interleaving);
    for (const ThreadId thread : turns) steps.run(thread, order.events);
  }
  order.switches = count_switches(graph, order.events);
  return order;
}

}  // namespace heddle::explore
