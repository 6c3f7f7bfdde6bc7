// The memory models, as their papers write them.
#pragma once

#include <string>
#include <vector>

#include "checker/oracle/graph.hpp"

namespace heddle::oracle {

/// A memory model. Every axiom says that a relation is irreflexive, acyclic or empty, and each such
/// relation only shrinks when events are dropped from the end of a graph: so every part of a
/// consistent graph that is closed under po and rf is consistent as well.
struct Model {
  std::string name;
  bool (*consistent)(const Relations& graph);
  Relation (*happens_before)(const Relations& graph);  // what orders plain accesses
};

/// sc, tso, ra, rc11 and cpp20.
const std::vector<Model>& models();

/// Throws std::invalid_argument if there is no such model.
const Model& model(const std::string& name);

/// Whether two accesses to a location race: of different threads, at least one writes, at least one
/// is plain, and neither happens before the other (RC11, section 3, and C++ [intro.races]).
bool races(const Graph& graph, const Model& model);

}  // namespace heddle::oracle
