// For models that gather what is before an event in a relation of their own: steps back over co and
// fr, and the coherence floor that the gathered set gives.
#pragma once

#include <cstdint>

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// Calls `add(id)` for each event of `extent` that is directly before `event` in co or fr: the
/// write in front of it in coherence order, and that write's reads. Whatever else is before it in
/// co and fr is before these. Nothing if the event is no atomic write, or is the first of its
/// object.
template <typename Add>
void for_each_co_fr_predecessor(const graph::Graph& graph, const graph::Extent& extent,
                                const graph::Event& event, const Add& add) {
  if (event.kind != graph::EventKind::write || !event.atomic || event.coherence == 0) return;
  const auto& coherence = graph.location(event.location).coherence;
  std::uint32_t position = event.coherence - 1;
  while (!extent.contains(graph[coherence[position]])) --position;
  const graph::EventId previous = coherence[position];
  add(previous);
  for (graph::EventId reader = graph[previous].first_reader; reader != graph::no_event;
       reader = graph[reader].next_reader) {
    const graph::Event& other = graph[reader];
    if (other.kind == graph::EventKind::read && extent.contains(other)) add(reader);
  }
}

/// The coherence position of the latest write to `location`, of those behind position `lowest`,
/// that is in `set`; `lowest` if none is.
template <typename Set>
std::uint32_t latest_write_in(const Set& set, const graph::Graph& graph, graph::LocationId location,
                              std::uint32_t lowest) {
  const auto& coherence = graph.location(location).coherence;
  for (auto position = static_cast<std::uint32_t>(coherence.size()); --position > lowest;) {
    if (set.contains(coherence[position])) return position;
  }
  return lowest;
}

}  // namespace heddle::consistency
