// Threads that go round a loop and read nothing new.
#pragma once

#include "checker/graph/graph.hpp"
#include "checker/runtime/program.hpp"

namespace heddle::explore {

/// Whether the thread, which asks for the Op of `at`, has just gone round the same Ops `rounds`
/// times and in each round read nothing of others that it had not read in the one before. It polls,
/// with an effect or a memory of something that keeps each round from being a wait: a lock taken
/// and given back, a counter. Only asked at atomic accesses and locks, else false. `rounds`: at
/// least 2. Of rounds with more than some hundred events it is not known.
bool is_idle(const runtime::Program& program, const graph::Graph& graph, graph::ThreadId thread,
             graph::NodeId at, std::size_t rounds);

/// What its latest round did that others may see, or that makes the next one another: for a
/// sentence.
std::string effect_of_round(const runtime::Program& program, const graph::Graph& graph,
                            graph::ThreadId thread, graph::NodeId at);

}  // namespace heddle::explore
