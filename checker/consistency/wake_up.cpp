#include "checker/consistency/wake_up.hpp"

namespace heddle::consistency {

using graph::Event;
using graph::EventId;
using graph::Extent;
using graph::Graph;
using graph::no_event;
using graph::Tick;

namespace {

/// Whether a write that is coherence-later than what the sleeper read happens before the
/// notification.
bool is_overdue(const Graph& graph, const Event& sleeper, EventId notification,
                const Extent& extent) {
  const auto& coherence = graph.location(sleeper.location).coherence;
  for (std::size_t i = graph[sleeper.reads_from].coherence + 1u; i < coherence.size(); ++i) {
    if (extent.contains(graph[coherence[i]]) && graph.happens_before(coherence[i], notification)) {
      return true;
    }
  }
  return false;
}

/// Whether the notification misses one who should be awake.
bool misses_sleeper(const Graph& graph, EventId notification, const Extent& extent) {
  const Event& look = graph[notification];
  const auto& queue = graph.location(look.location).coherence;
  // Its own write, if it has one, is no sleeper's.
  for (std::size_t i = graph[look.reads_from].coherence + 1u; i < queue.size(); ++i) {
    const Event& queued = graph[queue[i]];
    const auto& events = graph.thread(queued.thread).events;
    if (!extent.contains(queued) || queued.index >= events.size()) continue;
    const Event& next = graph[events[queued.index]];
    if (!next.before_sleep || !extent.contains(next)) continue;
    if (is_overdue(graph, next, notification, extent)) return true;
  }
  return false;
}

/// Whether the thread goes to sleep although it was notified before it was queued.
bool sleeps_too_late(const Graph& graph, EventId sleeper, const Extent& extent) {
  const Event& event = graph[sleeper];
  if (event.index < 2) return false;
  const Event& queued = graph[graph.event_at(event.thread, static_cast<Tick>(event.index - 1))];
  const auto& queue = graph.location(queued.location).coherence;
  for (std::size_t i = 0; i < queued.coherence; ++i) {
    for (EventId reader = graph[queue[i]].first_reader; reader != no_event;
         reader = graph[reader].next_reader) {
      if (!graph[reader].for_sleepers || !extent.contains(graph[reader])) continue;
      if (is_overdue(graph, event, reader, extent)) return true;
    }
  }
  return false;
}

}  // namespace

bool loses_wake_up(const Graph& graph, EventId id, const Extent& extent) {
  const Event& event = graph[id];
  if (event.for_sleepers) return misses_sleeper(graph, id, extent);
  return event.before_sleep && sleeps_too_late(graph, id, extent);
}

}  // namespace heddle::consistency
