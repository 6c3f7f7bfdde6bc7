// A graph as text: for tests, which compare what was undone.
#pragma once

#include <set>
#include <sstream>
#include <string>

#include "checker/graph/graph.hpp"

namespace heddle::graph {

inline void put_clock(std::ostream& out, const Graph& graph, ClockId id) {
  out << " [";
  // The width only grows; what is beyond the threads is zero.
  std::uint32_t end = graph.clocks().width();
  while (end > 0 && graph.clocks()[id][end - 1] == 0) --end;
  for (ThreadId thread = 0; thread < end; ++thread) {
    out << (thread == 0 ? "" : " ") << graph.clocks()[id][thread];
  }
  out << "]";
}

inline void put_event(std::ostream& out, const Graph& graph, EventId id) {
  const Event& event = graph[id];
  out << id << ": kind " << int{static_cast<std::uint8_t>(event.kind)} << " thread " << event.thread
      << " index " << event.index << " stamp " << event.stamp << " node " << event.node << " order "
      << static_cast<int>(event.order) << " location " << event.location << " value " << event.value
      << " from " << event.reads_from << " position " << event.coherence << " flags " << event.rmw
      << event.violation << event.spurious << event.atomic << event.initial << " readers";
  // A set: it is kept as a list whose order has no meaning.
  std::set<EventId> readers;
  for (EventId reader = event.first_reader; reader != no_event;
       reader = graph[reader].next_reader) {
    readers.insert(reader);
  }
  for (const EventId reader : readers) out << " " << reader;
  for (const ClockId clock : {event.porf, event.hb, event.message, event.pending}) {
    put_clock(out, graph, clock);
  }
  out << " fence " << event.release_fence << "\n";
}

inline std::string place_of(const Graph& graph, EventId id) {
  if (id == no_event) return "-";
  return std::to_string(graph[id].thread) + "." + std::to_string(graph[id].index);
}

/// All that the graph says of its events, objects and threads. Two graphs with the same history
/// have the same text.
inline std::string dump(const Graph& graph) {
  std::ostringstream out;
  for (const EventId id : graph.order()) put_event(out, graph, id);
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    // One whose start was undone is as if it had never been.
    const ThreadEvents& events = graph.thread(thread);
    if (events.created_by == no_event && events.events.empty()) continue;
    out << "thread " << thread << " created by " << events.created_by << ":";
    for (const EventId id : events.events) out << " " << id;
    out << "\n";
  }
  for (LocationId id = 1; id < graph.locations(); ++id) {
    const Location& location = graph.location(id);
    if (location.coherence.empty()) continue;
    out << "location " << id << " slot " << location.slot << " shape " << int{location.shape}
        << " destroyed " << location.destroyed << " seq_cst " << location.seq_cst_accesses << ":";
    for (const EventId write : location.coherence) out << " " << write;
    out << " now " << graph.location_at(location.slot) << "\n";
  }
  out << "blocks " << graph.live_blocks() << " violations " << graph.violations() << " flawed "
      << graph.flawed_accesses() << " assumptions " << graph.failed_assumptions() << " fences "
      << graph.seq_cst_fences() << " seq_cst " << graph.seq_cst_objects() << " records "
      << graph.mark().events << " clocks " << graph.mark().clocks << "\n";
  return out.str();
}

/// The execution alone: what each event is, what it reads from, and the coherence orders; events by
/// thread and position. The order in which events were added makes no difference.
inline std::string shape(const Graph& graph) {
  std::ostringstream out;
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    for (const EventId id : graph.thread(thread).events) {
      const Event& event = graph[id];
      out << place_of(graph, id) << " " << int{static_cast<std::uint8_t>(event.kind)} << " "
          << place_of(graph, event.reads_from) << " " << event.spurious
          << (event.kind == EventKind::choice ? " = " + std::to_string(event.value) : "") << "; ";
    }
  }
  for (LocationId id = 1; id < graph.locations(); ++id) {
    for (const EventId write : graph.location(id).coherence) out << place_of(graph, write) << " ";
    out << "| ";
  }
  return out.str();
}

}  // namespace heddle::graph
