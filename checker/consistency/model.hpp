// The narrow interface of a memory model.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// The axioms of one memory model, asked about events that are last in their threads. In every
/// model porf is acyclic and a read-modify-write directly follows what it reads: the explorer sees
/// to both.
class Model {
 public:
  virtual ~Model() = default;

  /// Computes event.hb, message, pending and release_fence of an event that was just added.
  virtual void order(graph::Graph& graph, graph::EventId event) const = 0;

  /// The coherence floor: the oldest coherence position of `location` that an event right behind
  /// `last` (in its thread) may read from; a write goes behind it. Only the part of the graph in
  /// `extent` counts.
  virtual std::uint32_t floor(const graph::Graph& graph, graph::EventId last,
                              graph::LocationId location, const graph::Extent& extent) const = 0;

  /// Whether `extent` is consistent with `event`, which was just added last in its thread and
  /// respects the floor.
  virtual bool admits(const graph::Graph& graph, graph::EventId event,
                      const graph::Extent& extent) const = 0;
};

/// The names of all models, strongest first.
const std::vector<std::string>& model_names();

/// Whether the model takes each access with the memory order that the program gives; else it takes
/// all accesses alike. False for a name that is no model's.
bool follows_orders(std::string_view name);

/// Throws std::invalid_argument, listing the models, if there is none of that name.
std::unique_ptr<Model> make_model(std::string_view name);

}  // namespace heddle::consistency
