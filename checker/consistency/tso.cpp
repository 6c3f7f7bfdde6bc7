// x86-TSO on all accesses (Alglave, Maranget, Tautschnig, "Herding Cats", TOPLAS 2014, figure 21):
//
//   acyclic(po|loc + rf + co + fr)
//   acyclic(ppo + fence + rfe + co + fr)     ppo = po - W x R
//
// Every load and store is a mov, whatever its order says. A seq_cst fence is an mfence, a
// read-modify-write is a locked instruction (also a compare_exchange that fails), and the creation
// and the end of a thread drain its store buffer: nothing passes them.
#include <algorithm>
#include <array>

#include "checker/consistency/backward.hpp"
#include "checker/consistency/happens_before.hpp"
#include "checker/consistency/models.hpp"

namespace heddle::consistency {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Extent;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;

namespace {

/// Whether the thread's store buffer is empty behind the event.
bool drains(const Event& event) {
  switch (event.kind) {
    case EventKind::fence:
      return event.order == std::memory_order_seq_cst;
    case EventKind::read:
      return event.locked;
    case EventKind::write:
      return event.rmw;
    case EventKind::spawn:
    case EventKind::join:
    case EventKind::finish:
      return true;
    default:
      return false;
  }
}

/// A set of events that is closed backward under (ppo + fence + rfe + co + fr). In each thread it
/// has all writes up to a position, and all other events up to one that is no earlier.
class Before {
 public:
  Before(const Graph& graph, const Extent& extent) : graph_(graph), extent_(extent) {
    for (auto* each : {&writes_, &others_, &writes_done_, &others_done_}) {
      std::fill_n(each->begin(), graph.clocks().width(), Tick{0});
    }
  }

  /// Adds what is before an event that comes next behind `last` in its thread: but for writes that
  /// may still be in the store buffer, if that is a plain load.
  void add_before_next(EventId last, bool load) {
    if (last == no_event) return;
    const Event& event = graph_[last];
    Tick drained = event.index;
    if (load) {
      while (drained > 0 && !drains(graph_[graph_.event_at(event.thread, drained)])) --drained;
    }
    Tick& others = others_[event.thread];
    if (others == 0) add_spawn(event.thread);
    others = std::max(others, event.index);
    writes_[event.thread] = std::max(writes_[event.thread], drained);
  }

  void close() {
    for (bool grew = true; grew;) {
      grew = false;
      for (ThreadId id = 0; id < graph_.threads(); ++id) {
        for (; others_done_[id] < others_[id]; grew = true) {
          visit_other(graph_[graph_.event_at(id, ++others_done_[id])]);
        }
        for (; writes_done_[id] < writes_[id]; grew = true) {
          for_each_co_fr_predecessor(graph_, extent_,
                                     graph_[graph_.event_at(id, ++writes_done_[id])],
                                     [this](EventId each) { add(each); });
        }
      }
    }
  }

  bool contains(EventId write) const { return graph_.before(writes_.data(), write); }

 private:
  void add(EventId id) {
    const Event& event = graph_[id];
    add_before_next(id, event.kind == EventKind::read && !event.locked);
  }

  void add_spawn(ThreadId thread) {
    const EventId spawn = graph_.thread(thread).created_by;
    if (spawn != no_event) add(spawn);
  }

  void visit_other(const Event& event) {
    const bool from_outside =
        (event.kind == EventKind::read && event.atomic) || event.kind == EventKind::join;
    if (from_outside && graph_[event.reads_from].thread != event.thread) add(event.reads_from);
  }

  const Graph& graph_;
  const Extent& extent_;
  using Positions = std::array<Tick, graph::most_threads>;
  Positions writes_, others_, writes_done_, others_done_;
};

class Tso final : public Model {
 public:
  void order(Graph& graph, EventId event) const override {
    derive_happens_before(graph, event, {.all_accesses = true});
  }

  /// As in sc, a last event closes a cycle only through a coherence-later write that is before it.
  std::uint32_t floor(const Graph& graph, EventId last, graph::LocationId location,
                      const Extent& extent) const override {
    return latest_before(graph, last, location, extent, true);
  }

  bool admits(const Graph& graph, EventId id, const Extent& extent) const override {
    const Event& event = graph[id];
    if (event.kind == EventKind::read && !event.locked) return true;
    const std::uint32_t position =
        event.kind == EventKind::write ? event.coherence : graph[event.reads_from].coherence;
    const auto& coherence = graph.location(event.location).coherence;
    if (position + 1 == coherence.size()) return true;
    const EventId last = event.index > 1
                             ? graph.event_at(event.thread, static_cast<Tick>(event.index - 1))
                             : graph.thread(event.thread).created_by;
    return latest_before(graph, last, event.location, extent, false) <= position;
  }

 private:
  /// The coherence position of the latest write to the object that is before an event that follows
  /// `last`.
  static std::uint32_t latest_before(const Graph& graph, EventId last, graph::LocationId location,
                                     const Extent& extent, bool load) {
    // Coherence gives a lower bound, and mostly all.
    const std::uint32_t lowest = happens_before_floor(graph, last, location);
    if (lowest + 1 == graph.location(location).coherence.size()) return lowest;
    Before before(graph, extent);
    before.add_before_next(last, load);
    before.close();
    return latest_write_in(before, graph, location, lowest);
  }
};

}  // namespace

std::unique_ptr<Model> make_tso() { return std::make_unique<Tso>(); }

}  // namespace heddle::consistency
