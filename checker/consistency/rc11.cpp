// RC11: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11", PLDI
// 2017.
//
//   COHERENCE      irreflexive(hb; eco?)        by the coherence floor
//   ATOMICITY      a read-modify-write directly follows what it reads
//   SC             acyclic(psc_base + psc_F)    here
//   NO-THIN-AIR    acyclic(po + rf)             by construction
#include "checker/consistency/happens_before.hpp"
#include "checker/consistency/models.hpp"
#include "checker/consistency/psc.hpp"

namespace heddle::consistency {
namespace {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Extent;
using graph::Graph;
using graph::no_event;

/// Whether `event`, last in its thread, closes a psc cycle. It does so only through an edge that
/// leaves it, and those are fr and co to coherence-later writes.
bool closes_psc_cycle(const Graph& graph, EventId id, const Extent& extent) {
  const Event& event = graph[id];
  const auto& coherence = graph.location(event.location).coherence;
  const std::uint32_t position =
      event.kind == EventKind::write ? event.coherence : graph[event.reads_from].coherence;
  if (position + 1 == coherence.size() || graph.seq_cst_events() < 2) return false;

  PscBefore before(graph, extent);
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
  if (event.order != std::memory_order_seq_cst) return false;
  before.add(id);
  for (std::size_t later = position + 1; later < coherence.size(); ++later) {
    if (!extent.contains(graph[coherence[later]])) continue;
    if (before.behind_write(coherence[later])) return true;
  }
  return false;
}

class Rc11 final : public Model {
 public:
  std::string_view name() const override { return "rc11"; }

  void order(Graph& graph, EventId event) const override {
    derive_happens_before(graph, event, {.same_thread_release_sequence = true});
  }

  std::uint32_t floor(const Graph& graph, EventId last, graph::LocationId location,
                      const Extent&) const override {
    return happens_before_floor(graph, last, location);
  }

  bool admits(const Graph& graph, EventId event, const Extent& extent) const override {
    return !closes_psc_cycle(graph, event, extent);
  }
};

}  // namespace

std::unique_ptr<Model> make_rc11() { return std::make_unique<Rc11>(); }

}  // namespace heddle::consistency
