// Puts the events of a graph into an order in which a person can read them.
#pragma once

#include <vector>

#include "checker/graph/graph.hpp"

namespace heddle::explore {

/// The events of `graph` that are in `part` (per thread: how many of its first events), each after
/// what it depends on and with few changes of thread. Where an interleaving explains the execution
/// it is one (an order of po + rf + co + fr); else only po + rf is respected, and some reads are
/// stale.
std::vector<graph::EventId> linearise(const graph::Graph& graph,
                                      const std::vector<graph::Tick>& part);

}  // namespace heddle::explore
