// What ra, rc11 and cpp20 have in common.
#pragma once

#include "checker/consistency/happens_before.hpp"
#include "checker/consistency/model.hpp"
#include "checker/consistency/psc.hpp"

namespace heddle::consistency {

/// Happens-before, coherence, atomicity and psc:
///
///   COHERENCE      irreflexive(hb; eco?)        by the coherence floor
///   ATOMICITY      a read-modify-write directly follows what it reads; by the explorer
///   SC             acyclic(psc_base + psc_F)    by admits()
///   NO-THIN-AIR    acyclic(po + rf)             by construction
///
/// The models of this family differ in what synchronises and in what takes part in psc.
class CoherentModel final : public Model {
 public:
  CoherentModel(Synchronisation synchronisation, SeqCst seq_cst)
      : synchronisation_(synchronisation), seq_cst_(seq_cst) {}

  void order(graph::Graph& graph, graph::EventId event) const override {
    derive_happens_before(graph, event, synchronisation_);
  }

  std::uint32_t floor(const graph::Graph& graph, graph::EventId last, graph::LocationId location,
                      const graph::Extent&) const override {
    return happens_before_floor(graph, last, location);
  }

  bool admits(const graph::Graph& graph, graph::EventId event,
              const graph::Extent& extent) const override {
    return !closes_psc_cycle(graph, event, extent, seq_cst_);
  }

 private:
  Synchronisation synchronisation_;
  SeqCst seq_cst_;
};

}  // namespace heddle::consistency
