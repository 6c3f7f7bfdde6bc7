#include "checker/explore/invariants.hpp"

#include <algorithm>
#include <set>

#include "checker/explore/linearise.hpp"

namespace heddle::explore {
namespace {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::no_location;
using graph::Tick;
using runtime::End;
using runtime::Node;

constexpr std::uint32_t most_loads = 10'000;  // of one evaluation

/// Evaluates one invariant, registered by `event`.
class Evaluation {
 public:
  Evaluation(Execution& execution, EventId event)
      : execution_(execution), graph_(execution.graph()), event_(event) {}

  std::optional<Found> on_all_states(const std::function<bool()>& go_on) {
    std::vector<EventId> order;
    const bool interleaving = Linearisation(graph_, whole(graph_), true).finish(order);
    Cut part = whole(graph_);
    part[graph_[event_].thread] = end_of_threads();
    Linearisation orders(graph_, part, interleaving);
    const Tick* porf = graph_.clocks()[graph_[event_].porf];
    Cut start(graph_.threads());
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) start[thread] = porf[thread];
    return search(orders, std::move(start), go_on);
  }

  std::optional<Found> on(const Cut& cut) {
    NodeId id = execution_.program().root_of(graph_[event_].node);
    for (std::uint32_t loads = 0;; ++loads) {
      const Node& node = execution_.program()[id];
      if (node.end == End::finished) return std::nullopt;
      // One that waits would hold wherever it does. One that never ends does not end here, either.
      if (node.retry != runtime::no_node || node.behind_await || loads == most_loads) {
        return misuse("an invariant must not wait: it is about one state", node, cut);
      }
      if (node.end != End::none) return failure(node, cut);
      // Memory of its own changes nothing; an exception that leaves it has some.
      const bool own_memory =
          node.op.kind == api::OpKind::allocate || node.op.kind == api::OpKind::release;
      if (node.op.kind == api::OpKind::touch || own_memory) {
        id = execution_.program().next(id, {});
        continue;
      }
      if (node.op.kind == api::OpKind::view) {
        id = execution_.program().next(id, {.value = execution_.program().keep(values(node, cut))});
        continue;
      }
      if (node.op.kind != api::OpKind::load && node.op.kind != api::OpKind::read) {
        return misuse("an invariant must only load modelled objects and check", node, cut);
      }
      const Event* write = latest(node.slot, cut);
      if (write == nullptr) return std::nullopt;  // the object does not exist in this state
      if (write->uninitialised) return uninitialised_read(node, cut);
      id = execution_.program().next(id, {.value = write->value});
    }
  }

 private:
  /// How many events the registering thread has until all threads that come from it are over: until
  /// it has joined the last one. Where it does not wait for one of them, that one may come to its
  /// end last.
  Tick end_of_threads() const {
    const ThreadId registrar = graph_[event_].thread;
    const auto& events = graph_.thread(registrar).events;
    const auto all = static_cast<Tick>(events.size());
    Tick end = all;
    while (end > graph_[event_].index && !is_about_threads(graph_[events[end - 1u]])) --end;
    if (end == graph_[event_].index) return all;
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      const bool joined = graph_.porf_before(graph_.last(thread), events[end - 1u]);
      if (descends(thread, registrar) && !joined) return all;
    }
    return end;
  }

  static bool is_about_threads(const Event& event) {
    return event.kind == EventKind::join || event.kind == EventKind::spawn;
  }

  bool descends(ThreadId thread, ThreadId ancestor) const {
    while (thread != ancestor) {
      const EventId spawn = graph_.thread(thread).created_by;
      if (spawn == no_event) return false;
      thread = graph_[spawn].thread;
      if (thread == ancestor) return true;
    }
    return false;
  }

  /// All cuts behind `start`; only writes make a new state.
  std::optional<Found> search(Linearisation& orders, Cut start,
                              const std::function<bool()>& go_on) {
    std::set<Cut> seen;
    std::vector<Cut> open = {std::move(start)};
    while (!open.empty()) {
      orders.restart_from(std::move(open.back()));
      open.pop_back();
      absorb(orders);
      const Cut cut = orders.done();
      if (!seen.insert(cut).second) continue;
      if ((seen.size() & 0xfff) == 0 && go_on && !go_on()) return std::nullopt;
      if (auto found = on(cut)) return found;
      for (ThreadId thread = 0; thread < cut.size(); ++thread) {
        if (orders.next(thread) == no_event) continue;
        orders.take(thread);
        open.push_back(orders.done());
        orders.restart_from(cut);
      }
    }
    return std::nullopt;
  }

  /// Takes every event that can be taken and changes no memory.
  void absorb(Linearisation& orders) {
    for (bool grew = true; grew;) {
      grew = false;
      for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
        for (EventId id = orders.next(thread); id != no_event; id = orders.next(thread)) {
          if (graph_[id].kind == EventKind::write) break;
          orders.take(thread);
          grew = true;
        }
      }
    }
  }

  /// A shared block in a state.
  std::string values(const Node& node, const Cut& cut) const {
    return execution_.program().values_of(node.op.address, [&](graph::SlotId slot) {
      const Event* write = latest(slot, cut);
      return write == nullptr ? 0 : write->value;
    });
  }

  /// The write that has the object's value in a state; null if there is no such object yet.
  const Event* latest(graph::SlotId slot, const Cut& cut) const {
    const LocationId location = graph_.location_at(slot);
    if (location == no_location) return nullptr;
    const auto& coherence = graph_.location(location).coherence;
    for (std::size_t position = coherence.size(); position-- > 0;) {
      const Event& write = graph_[coherence[position]];
      if (write.index <= cut[write.thread]) return &write;
    }
    return nullptr;
  }

  Found uninitialised_read(const Node& node, const Cut& cut) const {
    Found found{.kind = ViolationKind::uninitialised_read,
                .message = "an invariant reads '" + execution_.program().object_name(node) +
                           "', which was never written"};
    found.site = node.op.site;
    found.part = cut;
    return found;
  }

  static Found misuse(const char* message, const Node& node, const Cut& cut) {
    Found found{.kind = ViolationKind::misuse, .message = message};
    found.site = node.op.site;
    found.part = cut;
    return found;
  }

  Found failure(const Node& node, const Cut& cut) const {
    const bool failed = node.violation == ViolationKind::assertion_failed;
    Found found;
    found.kind = failed ? ViolationKind::invariant_failed : node.violation;
    found.message = node.op.text == nullptr ? "" : node.op.text;
    if (node.violation == ViolationKind::escaped_exception) {
      found.message += " (it was thrown in an invariant)";
    }
    found.site = node.op.site;
    found.part = cut;
    return found;
  }

  Execution& execution_;
  const Graph& graph_;
  EventId event_;
};

template <typename Evaluate>
std::optional<Found> each_invariant(Execution& execution, Evaluate evaluate) {
  const Graph& graph = execution.graph();
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    for (const EventId id : graph.thread(thread).events) {
      if (graph[id].kind != EventKind::local) continue;
      if (execution.program()[graph[id].node].op.kind != api::OpKind::invariant) continue;
      if (auto found = evaluate(Evaluation(execution, id))) return found;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Found> check_invariants(Execution& execution, const std::function<bool()>& go_on) {
  if (!execution.has_invariants()) return std::nullopt;
  return each_invariant(execution, [&go_on](Evaluation each) { return each.on_all_states(go_on); });
}

std::optional<Found> check_last_state(Execution& execution) {
  if (!execution.has_invariants()) return std::nullopt;
  const Cut cut = whole(execution.graph());
  return each_invariant(execution, [&cut](Evaluation each) { return each.on(cut); });
}

}  // namespace heddle::explore
