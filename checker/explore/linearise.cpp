#include "checker/explore/linearise.hpp"

#include <optional>
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
    : graph_(graph),
      part_(std::move(part)),
      interleaving_(interleaving),
      done_(part_.size(), 0),
      settled_(graph.locations(), 0) {
  for (ThreadId thread = 0; thread < part_.size(); ++thread) pass_failed_attempts(thread);
}

void Linearisation::restart_from(Cut done) {
  done_ = std::move(done);
  settled_.assign(settled_.size(), 0);
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
  if (!interleaving_ || !event.atomic) return true;
  if (event.kind == EventKind::write) return may_write(event);
  // A read-modify-write is one step: its read must wait until its write can follow.
  if (event.kind != EventKind::read || !event.rmw || event.index == part_[event.thread]) {
    return true;
  }
  return may_write(graph_[graph_.event_at(event.thread, static_cast<Tick>(event.index + 1))]);
}

/// Whether all that comes before the write by co and fr is done, but for its own read.
bool Linearisation::may_write(const Event& write) const {
  const auto& coherence = graph_.location(write.location).coherence;
  std::uint32_t& settled = settled_[write.location];
  while (settled < write.coherence && is_over(coherence[settled]) &&
         all_read(coherence[settled], nullptr)) {
    ++settled;
  }
  for (std::uint32_t position = settled; position < write.coherence; ++position) {
    if (!is_over(coherence[position]) || !all_read(coherence[position], &write)) return false;
  }
  return true;
}

/// Whether all reads of a write are done, but for the one that belongs to another write.
bool Linearisation::all_read(EventId id, const Event* but_by) const {
  for (EventId reader = graph_[id].first_reader; reader != no_event;
       reader = graph_[reader].next_reader) {
    const Event& read = graph_[reader];
    const bool own =
        but_by != nullptr && read.thread == but_by->thread && read.index + 1 == but_by->index;
    if (read.kind == EventKind::read && !own && !is_over(reader)) return false;
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
  FewestSwitches(const Graph& graph, const Cut& part, bool interleaving, ThreadId last)
      : part_(part), last_(last), steps_(graph, part, interleaving) {}

  /// The threads in the order of their turns; nothing if there are too many cuts to look at.
  std::optional<std::vector<ThreadId>> run() {
    if (steps_.done() == part_) return std::vector<ThreadId>{};
    reached_.push_back({steps_.done(), 0, 0, 0});
    known_.insert(reached_.front().cut);
    std::optional<Reached> best;
    std::vector<EventId> ignored;
    for (std::size_t at = 0; at < reached_.size(); ++at) {
      if (best && reached_[at].turns >= best->turns) return turns(*best);
      if (reached_.size() > most_cuts) return std::nullopt;
      for (ThreadId thread = 0; thread < part_.size(); ++thread) {
        steps_.restart_from(reached_[at].cut);
        ignored.clear();
        steps_.run(thread, ignored);
        if (ignored.empty()) continue;
        Reached next{steps_.done(), at, thread, reached_[at].turns + 1};
        if (steps_.done() == part_) {
          if (thread == last_) return turns(next);
          if (!best) best = std::move(next);
        } else if (known_.insert(steps_.done()).second) {
          reached_.push_back(std::move(next));
        }
      }
    }
    return best ? std::optional(turns(*best)) : std::nullopt;
  }

 private:
  struct Reached {
    Cut cut;
    std::size_t from;  // in reached_
    ThreadId by;
    std::uint32_t turns;
  };

  std::vector<ThreadId> turns(const Reached& end) const {
    std::vector<ThreadId> turns(end.turns);
    const Reached* at = &end;
    for (std::size_t i = turns.size(); i-- > 0; at = &reached_[at->from]) turns[i] = at->by;
    return turns;
  }

  const Cut& part_;
  ThreadId last_;
  Linearisation steps_;
  std::vector<Reached> reached_;
  std::set<Cut> known_;
};

}  // namespace

Order linearise(const Graph& graph, const Cut& part, ThreadId last) {
  Order order;
  for (const bool interleaving : {true, false}) {
    order = {.events = {}, .interleaving = interleaving};
    if (Linearisation(graph, part, interleaving).finish(order.events)) break;
  }
  const auto turns = FewestSwitches(graph, part, order.interleaving, last).run();
  if (!turns) return order;
  order.fewest_switches = true;
  order.events.clear();
  Linearisation steps(graph, part, order.interleaving);
  for (const ThreadId thread : *turns) steps.run(thread, order.events);
  return order;
}

}  // namespace heddle::explore
