#include "checker/explore/linearise.hpp"

namespace heddle::explore {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;

EventId Linearisation::next(ThreadId thread) const {
  if (done_[thread] == part_[thread]) return no_event;
  const EventId id = graph_.event_at(thread, static_cast<Tick>(done_[thread] + 1));
  return ready(id) ? id : no_event;
}

bool Linearisation::finish(std::vector<EventId>& order) {
  ThreadId current = 0;
  for (;;) {
    EventId event = next(current);
    for (ThreadId thread = 0; thread < part_.size() && event == no_event; ++thread) {
      event = next(thread);
      if (event != no_event) current = thread;
    }
    if (event == no_event) return done_ == part_;
    order.push_back(event);
    take(current);
  }
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

std::vector<EventId> linearise(const Graph& graph, const Cut& part) {
  for (const bool interleaving : {true, false}) {
    std::vector<EventId> order;
    if (Linearisation(graph, part, interleaving).finish(order)) return order;
  }
  return {};
}

}  // namespace heddle::explore
