#include "checker/explore/linearise.hpp"

namespace heddle::explore {
namespace {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;

class Linearisation {
 public:
  Linearisation(const Graph& graph, const std::vector<Tick>& part, bool interleaving)
      : graph_(graph), part_(part), interleaving_(interleaving), done_(part.size(), 0) {}

  /// Returns false if no order exists.
  bool run(std::vector<EventId>& order) {
    ThreadId current = 0;
    for (;;) {
      bool found = false;
      bool rest = false;
      for (ThreadId i = 0; i < part_.size() && !found; ++i) {
        // The current thread first, then the others in order.
        const ThreadId thread = i == 0 ? current : i <= current ? i - 1 : i;
        if (done_[thread] == part_[thread]) continue;
        rest = true;
        const EventId next = graph_.event_at(thread, static_cast<Tick>(done_[thread] + 1));
        if (!ready(next)) continue;
        order.push_back(next);
        ++done_[thread];
        current = thread;
        found = true;
      }
      if (!rest) return true;
      if (!found) return false;
    }
  }

 private:
  bool in_part(EventId id) const { return graph_[id].index <= part_[graph_[id].thread]; }
  bool done(EventId id) const { return graph_[id].index <= done_[graph_[id].thread]; }

  bool ready(EventId id) const {
    const Event& event = graph_[id];
    const EventId creator = graph_.thread(event.thread).created_by;
    if (event.index == 1 && creator != no_event && !done(creator)) return false;
    if (event.reads_from != no_event && !event.rmw && !done(event.reads_from)) return false;
    if (event.reads_from != no_event && event.kind == EventKind::read && !done(event.reads_from)) {
      return false;
    }
    if (!interleaving_ || event.kind != EventKind::write || event.initial) return true;
    const auto& coherence = graph_.location(event.location).coherence;
    for (std::uint32_t position = 0; position < event.coherence; ++position) {
      const EventId write = coherence[position];
      if (in_part(write) && !done(write)) return false;
      for (EventId reader = graph_[write].first_reader; reader != no_event;
           reader = graph_[reader].next_reader) {
        const bool counts = graph_[reader].kind == EventKind::read && in_part(reader);
        if (counts && !done(reader)) return false;
      }
    }
    return true;
  }

  const Graph& graph_;
  const std::vector<Tick>& part_;
  bool interleaving_;
  std::vector<Tick> done_;
};

}  // namespace

std::vector<EventId> linearise(const Graph& graph, const std::vector<Tick>& part) {
  std::vector<EventId> order;
  if (Linearisation(graph, part, true).run(order)) return order;
  order.clear();
  Linearisation(graph, part, false).run(order);
  return order;
}

}  // namespace heddle::explore
