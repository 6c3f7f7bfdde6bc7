#include "checker/consistency/psc.hpp"

#include <algorithm>
#include <vector>

namespace heddle::consistency {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;

namespace {

bool is_access_of(const Event& event, graph::LocationId location) {
  return (event.kind == EventKind::read || event.kind == EventKind::write) &&
         event.location == location;
}

/// Grows, backward over psc, the set of seq_cst events that are psc*-before some seq_cst events.
///
///     scb      = po + po|!=loc; hb; po|!=loc + hb|loc + co + fr
///     psc_base = ([E_sc] + [F_sc]; hb?); scb; ([E_sc] + hb?; [F_sc])
///     psc_F    = [F_sc]; (hb + hb; eco; hb); [F_sc]
///
/// Whatever is in the set has all seq_cst events of its thread before it in the set, because po is
/// in scb. So the set is a clock, and so is all that happens-before one of its fences.
class PscBefore {
 public:
  PscBefore(const Graph& graph, const graph::Extent& extent, SeqCst counts);

  /// Adds the seq_cst fences that happen-before `event`, and everything psc*-before them.
  void add_fences_before(EventId event);
  /// Adds `event`, which is a seq_cst access, and everything psc*-before it.
  void add(EventId event);

  /// Whether the event is one of those whose seq_cst order counts.
  bool is_seq_cst(const Event& event) const;
  /// Whether the set has a seq_cst event that the write is psc-before when it is the target of a co
  /// or fr edge.
  bool behind_write(EventId write) const;
  /// Whether the event happens-before a fence of the set.
  bool behind_fence(EventId event) const { return graph_.before(fenced_.data(), event); }

 private:
  void raise(ThreadId thread, Tick index);
  void raise_fences(EventId event);
  void close();
  void visit(EventId event);
  void visit_access(EventId event);
  void visit_fenced(EventId event);
  void add_sources(EventId event, bool fences_only);
  void add_coherence_sources(graph::LocationId location, std::uint32_t writes, bool fences_only);
  Tick latest_before(ThreadId thread, EventId access) const;

  const Graph& graph_;
  const graph::Extent& extent_;
  SeqCst counts_;
  std::vector<Tick> limit_;  // seq_cst events up to here are in the set
  std::vector<Tick> visited_;
  std::vector<Tick> fenced_;  // what happens-before a fence of the set
  std::vector<Tick> fenced_visited_;
  std::vector<std::uint32_t> sources_;  // per location: coherence positions whose events were added
  std::vector<std::uint32_t> fence_sources_;  // per location: the same, only their fences
};

PscBefore::PscBefore(const Graph& graph, const graph::Extent& extent, SeqCst counts)
    : graph_(graph),
      extent_(extent),
      counts_(counts),
      limit_(graph.clocks().width(), 0),
      visited_(limit_),
      fenced_(limit_),
      fenced_visited_(limit_),
      sources_(graph.locations(), 0),
      fence_sources_(graph.locations(), 0) {}

void PscBefore::add_fences_before(EventId event) {
  raise_fences(event);
  close();
}

void PscBefore::add(EventId event) {
  raise(graph_[event].thread, graph_[event].index);
  close();
}

bool PscBefore::behind_write(EventId write) const {
  const Event& event = graph_[write];
  return behind_fence(write) || (is_seq_cst(event) && limit_[event.thread] >= event.index);
}

bool PscBefore::is_seq_cst(const Event& event) const {
  const bool access = event.kind == EventKind::read || event.kind == EventKind::write;
  const bool counts =
      event.kind == EventKind::fence || (access && counts_ == SeqCst::fences_and_accesses);
  return counts && event.order == std::memory_order_seq_cst;
}

void PscBefore::raise(ThreadId thread, Tick index) {
  limit_[thread] = std::max(limit_[thread], index);
}

/// Adds the seq_cst fences that happen-before the event.
void PscBefore::raise_fences(EventId event) {
  if (graph_.seq_cst_fences() == 0) return;
  const Tick* hb = graph_.clocks()[graph_[event].hb];
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    for (Tick index = hb[thread]; index > limit_[thread]; --index) {
      const Event& candidate = graph_[graph_.event_at(thread, index)];
      if (candidate.kind != EventKind::fence || !is_seq_cst(candidate)) continue;
      raise(thread, index);
      break;
    }
  }
}

void PscBefore::close() {
  for (bool grew = true; grew;) {
    grew = false;
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      while (visited_[thread] < limit_[thread]) {
        visit(graph_.event_at(thread, ++visited_[thread]));
        grew = true;
      }
      while (fenced_visited_[thread] < fenced_[thread]) {
        visit_fenced(graph_.event_at(thread, ++fenced_visited_[thread]));
        grew = true;
      }
    }
  }
}

void PscBefore::visit(EventId id) {
  const Event& event = graph_[id];
  if (!is_seq_cst(event)) return;
  if (event.kind != EventKind::fence) return visit_access(id);
  // Every seq_cst event that happens-before a fence is psc-before it; what else is, visit_fenced()
  // adds.
  const Tick* hb = graph_.clocks()[event.hb];
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    raise(thread, hb[thread]);
    fenced_[thread] = std::max(fenced_[thread], hb[thread]);
  }
}

void PscBefore::visit_access(EventId id) {
  const Event& event = graph_[id];
  raise_fences(id);
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    if (thread != event.thread) raise(thread, latest_before(thread, id));
  }
  if (event.kind == EventKind::write) {
    add_coherence_sources(event.location, event.coherence, false);
  }
}

/// The latest seq_cst access x of `thread` with x hb|loc access or x po|!=loc; hb; po|!=loc access;
/// 0 if none.
Tick PscBefore::latest_before(ThreadId thread, EventId access) const {
  const Event& target = graph_[access];
  // How much of `thread` happens-before the target's latest predecessor on another object. The
  // spawn counts as the thread's first event.
  Tick via = 0;
  Tick index = target.index;
  while (--index > 0 &&
         is_access_of(graph_[graph_.event_at(target.thread, index)], target.location)) {
  }
  const EventId elsewhere =
      index > 0 ? graph_.event_at(target.thread, index) : graph_.thread(target.thread).created_by;
  if (elsewhere != no_event) via = graph_.clocks()[graph_[elsewhere].hb][thread];
  Tick next_elsewhere = 0;  // the first event behind x that is no access of x's object
  for (index = graph_.clocks()[target.hb][thread]; index > 0; --index) {
    const Event& x = graph_[graph_.event_at(thread, index)];
    if (is_seq_cst(x) && x.kind != EventKind::fence) {
      if (x.location == target.location) return index;
      next_elsewhere = static_cast<Tick>(index + 1);
      while (next_elsewhere <= via &&
             is_access_of(graph_[graph_.event_at(thread, next_elsewhere)], x.location)) {
        ++next_elsewhere;
      }
      if (next_elsewhere <= via) return index;
    }
  }
  return 0;
}

/// An event that happens-before a fence of the set: what comes before it by co, fr or (for fences)
/// eco counts.
void PscBefore::visit_fenced(EventId id) {
  const Event& event = graph_[id];
  if (!event.atomic) return;
  if (event.kind == EventKind::write) {
    add_coherence_sources(event.location, event.coherence, false);
  } else if (event.kind == EventKind::read) {
    const Event& write = graph_[event.reads_from];
    add_sources(event.reads_from, true);
    add_coherence_sources(event.location, write.coherence, true);
  }
}

/// Adds the first `writes` writes to the object and their readers, as sources of co and fr edges.
void PscBefore::add_coherence_sources(graph::LocationId location, std::uint32_t writes,
                                      bool fences_only) {
  std::uint32_t& done = (fences_only ? fence_sources_ : sources_)[location];
  for (; done < writes; ++done) {
    const EventId write = graph_.location(location).coherence[done];
    if (!extent_.contains(graph_[write])) continue;
    add_sources(write, fences_only);
    for (EventId reader = graph_[write].first_reader; reader != no_event;
         reader = graph_[reader].next_reader) {
      const Event& read = graph_[reader];
      if (read.kind == EventKind::read && extent_.contains(read)) add_sources(reader, fences_only);
    }
  }
}

void PscBefore::add_sources(EventId id, bool fences_only) {
  const Event& event = graph_[id];
  if (!fences_only && is_seq_cst(event)) raise(event.thread, event.index);
  raise_fences(id);
}

/// Whether psc is acyclic for a simple reason: it has a single fence, whose cycles coherence
/// forbids, or accesses of a single object. Then every edge of scb leads to the same or a later
/// place in coherence order (coherence sees to it for po and hb), co and fr to a later one. So a
/// cycle would be one of hb alone, which has none.
bool is_trivial(const Graph& graph, SeqCst counts) {
  const bool accesses_count = counts == SeqCst::fences_and_accesses;
  return graph.seq_cst_fences() + (accesses_count ? graph.seq_cst_objects() : 0) < 2;
}

}  // namespace

/// The event closes a cycle only through an edge that leaves it, and those are fr and co to
/// coherence-later writes.
bool closes_psc_cycle(const Graph& graph, EventId id, const graph::Extent& extent, SeqCst counts) {
  const Event& event = graph[id];
  const auto& coherence = graph.location(event.location).coherence;
  const std::uint32_t position =
      event.kind == EventKind::write ? event.coherence : graph[event.reads_from].coherence;
  if (position + 1 == coherence.size() || is_trivial(graph, counts)) return false;

  PscBefore before(graph, extent, counts);
  before.add_fences_before(id);
  for (std::size_t later = position + 1; later < coherence.size(); ++later) {
    if (!extent.contains(graph[coherence[later]])) continue;
    if (before.behind_write(coherence[later])) return true;
    for (EventId reader = graph[coherence[later]].first_reader; reader != no_event;
         reader = graph[reader].next_reader) {
      const Event& other = graph[reader];
      if (other.kind == EventKind::read && extent.contains(other) && before.behind_fence(reader)) {
        return true;
      }
    }
  }
  if (!before.is_seq_cst(event)) return false;
  before.add(id);
  for (std::size_t later = position + 1; later < coherence.size(); ++later) {
    if (!extent.contains(graph[coherence[later]])) continue;
    if (before.behind_write(coherence[later])) return true;
  }
  return false;
}

}  // namespace heddle::consistency
