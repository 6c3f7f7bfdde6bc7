// Happens-before, computed event by event.
#pragma once

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// What differs between the models' synchronises-with relations.
struct Synchronisation {
  /// Every atomic read synchronises with the write that it reads from, whatever the orders say.
  bool all_accesses = false;
  /// A release sequence goes on with later writes of the same thread to the same object (C++11 to
  /// C++17; Lahav et al., PLDI 2017, section 3.1: rs = [W]; (po|loc)?; [W at least rlx]; (rf;
  /// rmw)*).
  bool same_thread_release_sequence = false;
};

/// Sets hb, message, pending and release_fence of `event`, which is last in its thread.
void derive_happens_before(graph::Graph& graph, graph::EventId event, Synchronisation rules);

/// The coherence floor that happens-before gives: the latest write to the object that
/// happens-before `last`, or was read by an event that does (coherence axioms).
std::uint32_t happens_before_floor(const graph::Graph& graph, graph::EventId last,
                                   graph::LocationId location);

}  // namespace heddle::consistency
