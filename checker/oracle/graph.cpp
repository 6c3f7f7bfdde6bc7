#include "checker/oracle/graph.hpp"

namespace heddle::oracle {
namespace {

bool is_acquire(const Event& e) {
  if (e.kind == EventKind::write) return false;
  return e.order == std::memory_order_acquire || e.order == std::memory_order_consume ||
         e.order == std::memory_order_acq_rel || e.order == std::memory_order_seq_cst;
}

bool is_release(const Event& e) {
  if (e.kind == EventKind::read) return false;
  return e.order == std::memory_order_release || e.order == std::memory_order_acq_rel ||
         e.order == std::memory_order_seq_cst;
}

bool is_creation(EventKind kind) {
  return kind == EventKind::spawn || kind == EventKind::start || kind == EventKind::end ||
         kind == EventKind::join;
}

/// Whether b starts because of a, or waited for a.
bool creates_or_ends(const Event& a, const Event& b) {
  if (b.kind == EventKind::start) return a.kind == EventKind::spawn && a.other == b.thread;
  return b.kind == EventKind::join && a.kind == EventKind::end && a.thread == b.other;
}

}  // namespace

Graph initial_graph(const Program& program) {
  Graph graph;
  graph.locations = locations_of(program);
  for (int l = 0; l < graph.locations; ++l) {
    graph.events.push_back({.index = l,
                            .kind = EventKind::write,
                            .plain = true,
                            .location = l,
                            .value = program.initial[static_cast<std::size_t>(l)]});
    graph.coherence.push_back({l});
  }
  return graph;
}

Relations::Relations(const Graph& graph)
    : po(graph.size()),
      rf(graph.size()),
      co(graph.size()),
      rmw(graph.size()),
      asw(graph.size()),
      fr(graph.size()),
      same_location(graph.size()) {
  for (int b = 0; b < graph.size(); ++b) {
    const Event& event = graph[b];
    const Set bit = Set{1} << b;
    if (event.kind == EventKind::read) reads |= bit;
    if (event.kind == EventKind::write) writes |= bit;
    if (event.kind == EventKind::fence) fences |= bit;
    if (event.thread < 0) initial |= bit;
    if (event.locked) locked |= bit;
    if (is_creation(event.kind)) creation |= bit;
    if (!event.plain) {
      atomics |= bit;
      if (is_acquire(event)) acquires |= bit;
      if (is_release(event)) releases |= bit;
      if (event.order == std::memory_order_seq_cst) seq_csts |= bit;
    }
    if (event.reads_from >= 0) rf.add(event.reads_from, b);
    for (int a = 0; a < graph.size(); ++a) {
      if (event.location >= 0 && graph[a].location == event.location) same_location.add(a, b);
      if (creates_or_ends(graph[a], event)) asw.add(a, b);
      const bool earlier = graph[a].thread == event.thread && graph[a].index < event.index;
      if (event.thread < 0 || (graph[a].thread >= 0 && !earlier)) continue;
      po.add(a, b);
      if (event.rmw_with_previous && graph[a].thread >= 0 && graph[a].index == event.index - 1) {
        rmw.add(a, b);
      }
    }
  }
  for (const std::vector<int>& writes_there : graph.coherence) {
    for (std::size_t i = 0; i < writes_there.size(); ++i) {
      for (std::size_t j = i + 1; j < writes_there.size(); ++j) {
        co.add(writes_there[i], writes_there[j]);
      }
    }
  }
  fr = inverse(rf) * co;
}

}  // namespace heddle::oracle
