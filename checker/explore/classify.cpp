#include "checker/explore/classify.hpp"

#include <algorithm>
#include <string>

#include "checker/explore/invariants.hpp"
#include "checker/explore/polling.hpp"

namespace heddle::explore {
namespace {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using runtime::Node;

/// Whether the write belongs to the round in which its thread is blocked: a failed exchange, which
/// writes what is there already.
bool in_failed_round(Execution& execution, const Event& write) {
  const Graph& graph = execution.graph();
  if (!write.rmw || execution.ended(write.thread)) return false;
  const graph::NodeId head = execution.program()[execution.state_of(write.thread)].retry;
  if (head == runtime::no_node) return false;
  const auto& events = graph.thread(write.thread).events;
  for (std::size_t i = events.size(); i-- > 0;) {
    const Event& event = graph[events[i]];
    if (event.kind == EventKind::read && event.node == head) return event.index < write.index;
  }
  return false;
}

bool reads_newest(Execution& execution, const Event& read) {
  const Graph& graph = execution.graph();
  const auto& coherence = graph.location(read.location).coherence;
  for (std::size_t i = graph[read.reads_from].coherence + 1; i < coherence.size(); ++i) {
    if (!in_failed_round(execution, graph[coherence[i]])) return false;
  }
  return true;
}

/// A thread whose round of loads failed is stuck for good only if no load could read anything
/// newer.
bool round_is_final(Execution& execution, ThreadId thread, NodeId head) {
  const Graph& graph = execution.graph();
  const auto& events = graph.thread(thread).events;
  for (std::size_t i = events.size(); i-- > 0;) {
    const Event& event = graph[events[i]];
    // After a spurious failure the same round may end in another way.
    if (event.kind == EventKind::read && (event.spurious || !reads_newest(execution, event))) {
      return false;
    }
    if (event.node == head && event.kind == EventKind::read) return true;
  }
  return true;
}

/// Whether a load of the round that failed is an error.
bool round_is_wrong(Execution& execution, ThreadId thread, NodeId head) {
  const Graph& graph = execution.graph();
  const auto& events = graph.thread(thread).events;
  for (std::size_t i = events.size(); i-- > 0;) {
    const Event& event = graph[events[i]];
    if (event.violation && property::is_violation(graph, events[i])) return true;
    if (event.node == head && event.kind == EventKind::read) break;
  }
  return false;
}

enum class Wait : std::uint8_t {
  none,
  redundant,  // the execution is a part of another one
  given_up,   // it may end for another reason
  lock_or_join,
  value,
  spin
};

struct Waiting {
  Wait wait = Wait::none;
  std::string what;
};

std::string name_of_thread(ThreadId thread) {
  return thread == 0 ? "the main thread" : "thread " + std::to_string(thread);
}

std::string quoted(Execution& execution, const Node& node) {
  return "'" + execution.program().object_name(node) + "'";
}

Waiting waits_at(Execution& execution, ThreadId thread, NodeId id) {
  const Graph& graph = execution.graph();
  const Node& node = execution.program()[id];
  const std::string who = name_of_thread(thread);
  const bool retries = node.retry != runtime::no_node;
  if (retries && round_is_wrong(execution, thread, node.retry)) return {};
  if (retries && !round_is_final(execution, thread, node.retry)) return {Wait::redundant, {}};
  if ((retries ? execution.program()[node.retry] : node).gives_up) {
    return {Wait::given_up, who + " runs out of time again and again"};
  }
  if (retries) {
    const bool await = node.op.kind == api::OpKind::await_retry;
    return {await ? Wait::value : Wait::spin, who + " waits for values that never come"};
  }
  if (node.op.kind == api::OpKind::join) {
    return {Wait::lock_or_join,
            who + " waits for the end of thread " + std::to_string(node.op.operand)};
  }
  if (node.op.kind == api::OpKind::lock) {
    const auto& coherence = graph.location(graph.location_at(node.slot)).coherence;
    return {Wait::lock_or_join, who + " waits for " + quoted(execution, node) + ", held by " +
                                    name_of_thread(graph[coherence.back()].thread)};
  }
  return {node.head_of_round ? Wait::value : Wait::spin,
          who + " waits for a value of " + quoted(execution, node) + " that never comes"};
}

Waiting waiting(Execution& execution, ThreadId thread) {
  const Graph& graph = execution.graph();
  const EventId last = graph.last(thread);
  if (!execution.ended(thread)) return waits_at(execution, thread, execution.state_of(thread));
  if (last == graph::no_event || graph[last].kind != EventKind::stuck) return {};
  // An access that is an error is one, whatever the thread would read later.
  if (graph[last].violation && property::is_violation(graph, last)) return {};
  if (!reads_newest(execution, graph[last])) return {Wait::redundant, {}};
  return waits_at(execution, thread, graph[last].node);
}

bool has_flawed_access(const Graph& graph) {
  if (graph.flawed_accesses() == 0) return false;
  for (const EventId id : graph.order()) {
    const Event& event = graph[id];
    const bool flawed = event.violation && event.kind != EventKind::end;
    if (flawed && property::is_violation(graph, id)) return true;
  }
  return false;
}

/// Whether the execution violates a property, be it long or not.
bool is_violating(const Graph& graph) {
  if (has_flawed_access(graph)) return true;
  if (graph.violations() == 0) return false;
  constexpr auto too_long = static_cast<std::uint64_t>(ViolationKind::step_bound);
  return std::any_of(graph.order().begin(), graph.order().end(), [&graph](EventId id) {
    const Event& event = graph[id];
    return event.kind == EventKind::end && event.violation && event.value != too_long;
  });
}

/// Whether the scenario's own assumption failed, or one of a library about what other executions
/// show.
Ending end_by_assumption(Execution& execution) {
  const Graph& graph = execution.graph();
  const bool excluded = std::any_of(graph.order().begin(), graph.order().end(), [&](EventId id) {
    const Event& event = graph[id];
    return event.kind == EventKind::end && !event.violation &&
           !execution.program()[event.node].op.weak;
  });
  return excluded ? Ending::excluded : Ending::redundant;
}

Found leak(Execution& execution) {
  const Graph& graph = execution.graph();
  Found found{.kind = ViolationKind::leak, .message = {}};
  for (const EventId id : graph.order()) {
    const Event& event = graph[id];
    if (event.kind != EventKind::allocate || graph.released(event.location) != graph::no_event) {
      continue;
    }
    const Node& node = execution.program()[event.node];
    found.other = id;
    found.message =
        name_of_thread(event.thread) + " allocated " + std::to_string(node.op.operand) +
        " bytes (" +
        execution.program().pointer_name(reinterpret_cast<std::uint64_t>(node.op.address)) +
        ") that are never released";
    break;
  }
  return found;
}

}  // namespace

Ending classify(Execution& execution, std::optional<Found>* found,
                const std::function<bool()>& go_on) {
  const Graph& graph = execution.graph();
  Wait strongest = Wait::none;
  bool given_up = false;
  std::string text;
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    const Waiting each = waiting(execution, thread);
    if (each.wait == Wait::redundant) return Ending::redundant;
    given_up |= each.wait == Wait::given_up;
    if (each.what.empty()) continue;
    strongest = std::max(strongest, each.wait);
    text += (text.empty() ? "" : "; ") + each.what;
  }
  if (is_violating(graph)) return Ending::violating;
  if (graph.violations() > 0) return Ending::cut;
  if (graph.failed_assumptions() > 0) return end_by_assumption(execution);
  if (given_up && !polls_for_ever(execution)) return Ending::given_up;
  if (strongest != Wait::none) {
    const bool deadlock = strongest == Wait::lock_or_join || strongest == Wait::value;
    *found = Found{.kind = deadlock ? ViolationKind::deadlock : ViolationKind::endless_spin,
                   .message = text};
    return Ending::violating;
  }
  if (auto failed = check_invariants(execution, go_on)) {
    *found = std::move(failed);
    return Ending::violating;
  }
  if (graph.live_blocks() > 0 && execution.program().finds_leaks()) {
    *found = leak(execution);
    return Ending::violating;
  }
  return Ending::complete;
}

}  // namespace heddle::explore
