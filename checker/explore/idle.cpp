#include "checker/explore/idle.hpp"

#include <algorithm>

namespace heddle::explore {
namespace {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using runtime::Node;
using runtime::Program;

constexpr std::size_t longest_round = 128;

bool is_second_half(const Event& event) { return event.kind == EventKind::write && event.rmw; }

/// The same Op in another round: what it writes may differ.
bool is_same_place(const Node& a, const Node& b) {
  return a.op.kind == b.op.kind && a.op.address == b.op.address && a.op.place == b.op.place &&
         a.op.site.line == b.op.site.line && a.slot == b.slot;
}

/// How many events ago the thread asked for the same Op; 0 if it did not.
std::size_t length_of_round(const Program& program, const std::vector<EventId>& events,
                            const Graph& graph, graph::NodeId at) {
  for (std::size_t length = 1; length <= std::min(longest_round, events.size()); ++length) {
    const Event& event = graph[events[events.size() - length]];
    if (!is_second_half(event) && is_same_place(program[event.node], program[at])) return length;
  }
  return 0;
}

/// Whether the event reads nothing of others that its counterpart a round earlier did not read.
bool repeats(const Program& program, const Graph& graph, EventId earlier, EventId later) {
  const Event& a = graph[earlier];
  const Event& b = graph[later];
  if (a.kind != b.kind || !is_same_place(program[a.node], program[b.node])) return false;
  if (b.kind != EventKind::read || graph[b.reads_from].thread == b.thread) return true;
  return a.reads_from == b.reads_from && a.value == b.value;
}

}  // namespace

bool is_idle(const Program& program, const Graph& graph, graph::ThreadId thread, graph::NodeId at,
             std::size_t rounds) {
  const std::vector<EventId>& events = graph.thread(thread).events;
  if (events.size() <= rounds) return false;
  // It is enough to look where the thread asks for what others may have changed.
  const api::OpKind kind = program[at].op.kind;
  if (kind != api::OpKind::lock && kind != api::OpKind::try_lock && !api::is_atomic_access(kind)) {
    return false;
  }
  const std::size_t length = length_of_round(program, events, graph, at);
  if (length == 0 || events.size() < length * (rounds + 1)) return false;
  bool reads = false;
  for (std::size_t i = 1; i <= length * rounds; ++i) {
    const EventId later = events[events.size() - i];
    if (!repeats(program, graph, events[events.size() - i - length], later)) return false;
    reads |= graph[later].kind == EventKind::read;
  }
  return reads;
}

std::string effect_of_round(const Program& program, const Graph& graph, graph::ThreadId thread,
                            graph::NodeId at) {
  const std::vector<EventId>& events = graph.thread(thread).events;
  const std::size_t length = length_of_round(program, events, graph, at);
  for (std::size_t i = 1; i <= length; ++i) {
    const Event& event = graph[events[events.size() - i]];
    if (event.kind != EventKind::write) continue;
    const Node& node = program[event.node];
    const bool locks = node.op.kind == api::OpKind::lock || node.op.kind == api::OpKind::unlock;
    return (locks ? "locks '" : "writes '") + program.object_name(node) + "'";
  }
  return "leaves something else in the thread's memory";
}

}  // namespace heddle::explore
