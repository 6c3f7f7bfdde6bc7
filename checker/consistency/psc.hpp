// The SC axiom of RC11: acyclic(psc) (Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017, section 3.2).
#pragma once

#include <cstdint>

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// The events whose seq_cst order counts.
enum class SeqCst : std::uint8_t { fences, fences_and_accesses };

/// Whether `event`, last in its thread, closes a psc cycle within `extent`.
bool closes_psc_cycle(const graph::Graph& graph, graph::EventId event, const graph::Extent& extent,
                      SeqCst counts);

}  // namespace heddle::consistency
