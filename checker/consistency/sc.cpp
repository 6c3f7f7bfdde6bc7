// Sequential consistency (Lamport 1979; Shasha and Snir 1988): acyclic(po + rf + co + fr).
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

/// What is before an event in (po + rf + co + fr)+: a clock, since the set is closed under po.
class Before {
 public:
  Before(const Graph& graph, EventId last, const Extent& extent)
      : graph_(graph),
        extent_(extent),
        limit_(graph.clocks().width(), 0),
        done_(graph.clocks().width(), 0) {
    if (last != no_event) include(last);
    for (bool grew = true; grew;) {
      grew = false;
      for (ThreadId id = 0; id < graph.threads(); ++id) {
        for (; done_[id] < limit_[id]; ++done_[id]) {
          grew = true;
          visit(graph.event_at(id, static_cast<Tick>(done_[id] + 1)));
        }
      }
    }
  }

  bool contains(EventId id) const { return graph_.before(limit_.data(), id); }

 private:
  void include(EventId id) {
    const Tick* porf = graph_.clocks()[graph_[id].porf];
    for (std::size_t i = 0; i < limit_.size(); ++i) limit_[i] = std::max(limit_[i], porf[i]);
  }

  /// Adds what is before a write by co and fr. The rest comes with the porf clock, or by visiting
  /// those.
  void visit(EventId id) {
    const Event& event = graph_[id];
    if (event.kind != EventKind::write || !event.atomic || event.coherence == 0) return;
    const auto& coherence = graph_.location(event.location).coherence;
    std::uint32_t position = event.coherence - 1;
    while (!extent_.contains(graph_[coherence[position]])) --position;
    const EventId previous = coherence[position];
    include(previous);
    for (EventId reader = graph_[previous].first_reader; reader != no_event;
         reader = graph_[reader].next_reader) {
      const Event& other = graph_[reader];
      if (other.kind == EventKind::read && extent_.contains(other)) include(reader);
    }
  }

  const Graph& graph_;
  const Extent& extent_;
  std::vector<Tick> limit_;
  std::vector<Tick> done_;
};

class Sc final : public Model {
 public:
  std::string_view name() const override { return "sc"; }

  void order(Graph& graph, EventId event) const override {
    derive_happens_before(graph, event, {.all_accesses = true});
  }

  /// A last event closes a cycle only through a coherence-later write that is before it already.
  std::uint32_t floor(const Graph& graph, EventId last, graph::LocationId location,
                      const Extent& extent) const override {
    const auto& coherence = graph.location(location).coherence;
    if (coherence.size() == 1) return 0;
    const Before before(graph, last, extent);
    for (auto position = static_cast<std::uint32_t>(coherence.size()); position-- > 1;) {
      if (before.contains(coherence[position])) return position;
    }
    return 0;
  }

  bool admits(const Graph&, EventId, const Extent&) const override { return true; }
};

}  // namespace

std::unique_ptr<Model> make_sc() { return std::make_unique<Sc>(); }

}  // namespace heddle::consistency
