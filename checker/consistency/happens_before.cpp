#include "checker/consistency/happens_before.hpp"

namespace heddle::consistency {

using graph::ClockId;
using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;

namespace {

void synchronise(Graph& graph, Event& event, bool acquires) {
  const ClockId message = graph[event.reads_from].message;
  if (message == 0) return;
  if (acquires) {
    graph.clocks().join(event.hb, message);
  } else {
    event.pending = graph.clocks().copy(event.pending);
    graph.clocks().join(event.pending, message);
  }
}

/// The same thread's latest release write to the same object, or no_event.
EventId head_of_release_sequence(const Graph& graph, const Event& write) {
  EventId head = no_event;
  for (const EventId id : graph.location(write.location).coherence) {
    const Event& other = graph[id];
    if (other.thread != write.thread || other.index >= write.index || !other.atomic) continue;
    if (!graph::releases(other.order)) continue;
    if (head == no_event || graph[head].index < other.index) head = id;
  }
  return head;
}

void join_message(Graph& graph, Event& write, ClockId clock) {
  if (clock == 0) return;
  if (write.message == 0) {
    write.message = graph.clocks().copy(clock);
  } else {
    graph.clocks().join(write.message, clock);
  }
}

void send(Graph& graph, Event& write, Synchronisation rules) {
  if (rules.all_accesses || graph::releases(write.order)) {
    write.message = write.hb;
  } else {
    if (write.release_fence != no_event) join_message(graph, write, graph[write.release_fence].hb);
    if (rules.same_thread_release_sequence) {
      const EventId head = head_of_release_sequence(graph, write);
      if (head != no_event) join_message(graph, write, graph[head].hb);
    }
  }
  // A read-modify-write hands on what it read from.
  if (!write.rmw || graph[write.reads_from].message == 0) return;
  if (write.message == write.hb) write.message = graph.clocks().copy(write.hb);
  join_message(graph, write, graph[write.reads_from].message);
}

}  // namespace

void derive_happens_before(Graph& graph, EventId id, Synchronisation rules) {
  Event& event = graph.at(id);
  const auto earlier = static_cast<graph::Tick>(event.index - 1);
  const EventId before = event.index > 1 ? graph.event_at(event.thread, earlier)
                                         : graph.thread(event.thread).created_by;
  event.hb = graph.clocks().copy(before == no_event ? 0 : graph[before].hb);
  graph.clocks().at(event.hb)[event.thread] = event.index;
  if (event.index > 1) {
    event.pending = graph[before].pending;
    event.release_fence = graph[before].release_fence;
  }
  switch (event.kind) {
    case EventKind::read:
      if (event.atomic) {
        synchronise(graph, event, rules.all_accesses || graph::acquires(event.order));
      }
      break;
    case EventKind::write:
      if (event.atomic) send(graph, event, rules);
      break;
    case EventKind::fence:
      if (graph::acquires(event.order) && event.pending != 0) {
        graph.clocks().join(event.hb, event.pending);
      }
      if (graph::releases(event.order)) event.release_fence = id;
      break;
    case EventKind::join:
      graph.clocks().join(event.hb, graph[event.reads_from].hb);
      break;
    default:
      break;
  }
}

std::uint32_t happens_before_floor(const Graph& graph, EventId last, graph::LocationId location) {
  const auto& coherence = graph.location(location).coherence;
  if (last == no_event) return 0;
  const graph::Tick* hb = graph.clocks()[graph[last].hb];
  for (auto position = static_cast<std::uint32_t>(coherence.size()); position-- > 1;) {
    if (graph.before(hb, coherence[position])) return position;
    for (EventId reader = graph[coherence[position]].first_reader; reader != no_event;
         reader = graph[reader].next_reader) {
      if (graph[reader].kind == EventKind::read && graph.before(hb, reader)) return position;
    }
  }
  return 0;
}

}  // namespace heddle::consistency
