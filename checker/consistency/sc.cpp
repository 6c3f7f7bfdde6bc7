// Sequential consistency (Lamport 1979; Shasha and Snir 1988): acyclic(po + rf + co + fr).
#include <algorithm>
#include <array>

#include "checker/consistency/backward.hpp"
#include "checker/consistency/happens_before.hpp"
#include "checker/consistency/models.hpp"

namespace heddle::consistency {

using graph::Event;
using graph::EventId;
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
      : graph_(graph), width_(graph.clocks().width()) {
    std::fill_n(limit_.begin(), width_, Tick{0});
    std::fill_n(done_.begin(), width_, Tick{0});
    if (last != no_event) include(last);
    for (bool grew = true; grew;) {
      grew = false;
      for (ThreadId id = 0; id < graph.threads(); ++id) {
        for (; done_[id] < limit_[id]; ++done_[id]) {
          grew = true;
          const Event& event = graph[graph.event_at(id, static_cast<Tick>(done_[id] + 1))];
          // What is before it in po and rf came with the porf clock.
          for_each_co_fr_predecessor(graph, extent, event, [this](EventId each) { include(each); });
        }
      }
    }
  }

  bool contains(EventId id) const { return graph_.before(limit_.data(), id); }

 private:
  void include(EventId id) {
    const Tick* porf = graph_.clocks()[graph_[id].porf];
    for (std::uint32_t i = 0; i < width_; ++i) limit_[i] = std::max(limit_[i], porf[i]);
  }

  const Graph& graph_;
  std::uint32_t width_;
  std::array<Tick, graph::most_threads> limit_;
  std::array<Tick, graph::most_threads> done_;
};

class Sc final : public Model {
 public:
  void order(Graph& graph, EventId event) const override {
    derive_happens_before(graph, event, {.all_accesses = true});
  }

  /// A last event closes a cycle only through a coherence-later write that is before it already.
  std::uint32_t floor(const Graph& graph, EventId last, graph::LocationId location,
                      const Extent& extent) const override {
    // What happens-before gives is a lower bound, and mostly all.
    const std::uint32_t lowest = happens_before_floor(graph, last, location);
    if (lowest + 1 == graph.location(location).coherence.size()) return lowest;
    const Before before(graph, last, extent);
    return latest_write_in(before, graph, location, lowest);
  }

  bool admits(const Graph&, EventId, const Extent&) const override { return true; }
};

}  // namespace

std::unique_ptr<Model> make_sc() { return std::make_unique<Sc>(); }

}  // namespace heddle::consistency
