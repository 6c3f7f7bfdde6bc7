// Backward revisits: which reads a new write revisits, and the maximality rule that makes it happen
// exactly once.
#include "checker/explore/execution.hpp"
#include "checker/explore/values.hpp"

namespace heddle::explore {

using graph::Event;
using graph::EventKind;
using graph::Extent;
using graph::no_event;
using graph::Tick;
using runtime::Node;

namespace {

bool is_atomic_read(const Event& event) {
  return (event.kind == EventKind::read && event.atomic) || event.kind == EventKind::stuck;
}

}  // namespace

void Execution::revisits(const Turn& turn, std::vector<Move>& out) {
  if (turn.kind != Turn::Kind::write || revisits_.is_placing()) return;
  const Event write = make_write(turn);
  const LocationId location = write.location;
  const EventId before = graph_.last(turn.thread);
  // A clock, since the set is closed under po and rf. Event ids stay, clocks may move: take it by
  // value.
  const Tick* clock = graph_.clocks()[graph_[before].porf];
  const std::vector<Tick> prefix(clock, clock + graph_.clocks().width());

  std::size_t candidates = 0;  // reads of the object that are left to be met
  for (const EventId each : graph_.location(location).coherence) {
    for (EventId reader = graph_[each].first_reader; reader != no_event;
         reader = graph_[reader].next_reader) {
      if (is_atomic_read(graph_[reader]) && !graph_.before(prefix.data(), reader)) ++candidates;
    }
  }
  const auto& order = graph_.order();
  for (std::size_t i = order.size(); candidates > 0 && i-- > 0;) {
    const EventId id = order[i];
    if (graph_.before(prefix.data(), id)) continue;
    // Every earlier revisit would delete this event, too.
    if (!maximally_added(id, prefix.data())) return;
    if (!is_atomic_read(graph_[id]) || graph_[id].location != location) continue;
    --candidates;
    Move move{.kind = Move::Kind::revisit, .thread = turn.thread, .node = turn.node};
    move.event = id;
    move.position = static_cast<std::uint32_t>(i);
    out.push_back(move);
    move.spurious = true;
    if (may_fail_spuriously(graph_[id].node, write.value)) out.push_back(move);
  }
}

/// Whether the event is the canonical choice among Previous: what was there when it was added, and
/// the prefix. Exactly one choice is canonical, so that exactly one of the executions that differ
/// in a deleted event revisits.
bool Execution::maximally_added(EventId id, const Tick* prefix) {
  const Event& event = graph_[id];
  switch (event.kind) {
    case EventKind::read:
      return !event.atomic || maximal_read(id, prefix);
    case EventKind::stuck:
      return maximal_stuck(id, {event.stamp, prefix});
    case EventKind::write:
      return !event.atomic || maximal_write(id, prefix);
    case EventKind::choice:
      return event.value == 0;
    case EventKind::end:
      return !event.optional;
    case EventKind::failed_attempt:
      return Extent{event.stamp, prefix}.contains(graph_[event.reads_from]);
    default:
      return true;
  }
}

/// Whether the write at a coherence position is followed, within the extent, by a read-modify-write
/// of it.
bool Execution::taken(LocationId location, std::uint32_t position, const Extent& extent) const {
  return graph_.claimed(location, position) &&
         extent.contains(graph_[graph_.location(location).coherence[position + 1]]);
}

/// The read got the coherence-latest write of Previous that lets its thread go on and that, if it
/// writes back, no other read-modify-write follows.
bool Execution::maximal_read(EventId id, const Tick* prefix) {
  const Event event = graph_[id];
  const Extent previous{event.stamp, prefix};
  if (event.spurious || !previous.contains(graph_[event.reads_from])) return false;
  const auto& coherence = graph_.location(event.location).coherence;
  const std::uint32_t position = graph_[event.reads_from].coherence;
  for (std::uint32_t later = position + 1; later < coherence.size(); ++later) {
    const Event& write = graph_[coherence[later]];
    if (!previous.contains(write)) continue;
    if (outcome(event.node, write.value) == Outcome::waits) continue;
    const Node& node = program_[event.node];
    // A lock that others took is no reason to read an older one: a mutex has one line of owners.
    const bool conflict = node.op.kind != api::OpKind::lock && writes_back(node, write.value) &&
                          taken(event.location, later, previous);
    if (!conflict) return false;
  }
  return true;
}

/// A wait that came too late is canonical only where nothing in Previous could have ended it.
bool Execution::maximal_stuck(EventId id, const Extent& previous) {
  const Event event = graph_[id];
  const auto& coherence = graph_.location(event.location).coherence;
  EventId latest = graph::no_event;
  for (std::uint32_t position = 0; position < coherence.size(); ++position) {
    const EventId write = coherence[position];
    if (!previous.contains(graph_[write])) continue;
    latest = write;
    if (outcome(event.node, graph_[write].value) == Outcome::waits) continue;
    if (writes_back(program_[event.node], graph_[write].value) &&
        taken(event.location, position, previous)) {
      continue;
    }
    if (admitted_instead(id, write, previous)) return false;
  }
  return latest == event.reads_from;
}

/// Whether the thread of a stuck event could have read `write` in that part of the graph.
bool Execution::admitted_instead(EventId stuck, EventId write, const Extent& previous) {
  const Event event = graph_[stuck];
  graph_.detach(stuck);
  const EventId last = graph_.last(event.thread);
  bool result = model_.floor(graph_, last, event.location, previous) <= graph_[write].coherence;
  if (result) {
    const auto mark = graph_.mark();
    const EventId read =
        graph_.append(make_read({Turn::Kind::read, event.thread, event.node}, write, false));
    model_.order(graph_, read);
    result = admits(read, previous);
    graph_.pop();
    graph_.release(mark);
  }
  graph_.attach(stuck);
  return result;
}

bool Execution::no_earlier_reader(const Event& write) const {
  for (EventId reader = write.first_reader; reader != no_event;
       reader = graph_[reader].next_reader) {
    if (graph_[reader].stamp <= write.stamp) return false;
  }
  return true;
}

/// The write is coherence-latest of Previous, and no earlier read was made to read it. Where a
/// read-modify-write goes is decided by what it reads, so that decides; a lock's write is also the
/// latest.
bool Execution::maximal_write(EventId id, const Tick* prefix) {
  const Event& event = graph_[id];
  if (!no_earlier_reader(event)) return false;
  if (event.rmw && program_[event.node].op.kind != api::OpKind::lock) {
    return maximal_read(graph_.event_at(event.thread, static_cast<Tick>(event.index - 1)), prefix);
  }
  const Extent previous{event.stamp, prefix};
  const auto& coherence = graph_.location(event.location).coherence;
  for (std::size_t later = event.coherence + 1; later < coherence.size(); ++later) {
    if (previous.contains(graph_[coherence[later]])) return false;
  }
  return true;
}

/// Places the write of a revisit and lets the revisited read read it.
Applied Execution::add_revisiting(const Move& move) {
  const graph::Graph::Mark before = graph_.mark();
  Applied written = add_write(move);
  if (!written.admitted) return written;
  Applied read = add_revisited(revisits_.top().move, graph_.order().back());
  if (!read.admitted) {
    graph_.pop();
    graph_.release(before);
    return read;
  }
  revisits_.note_placed();
  return read.found ? std::move(read) : std::move(written);
}

/// Adds the read that the revisit deleted again, as a reader of `write`, at its old place.
Applied Execution::add_revisited(const Move& revisit, EventId write) {
  std::optional<Event> event = revisited(revisit.event, write, revisit.spurious);
  if (!event) return {.admitted = false};
  const bool attempt = event->kind == EventKind::failed_attempt;
  Move move{.kind = Move::Kind::read, .thread = event->thread, .node = event->node};
  if (!attempt) move.finding = inspect({Turn::Kind::read, move.thread, move.node});
  event->violation = move.finding.has_value();
  if (floor(event->thread, event->location) > graph_[write].coherence) return {.admitted = false};
  const EventId id = graph_.append_at(revisit.position, *event);
  model_.order(graph_, id);
  ++events_;
  if (!attempt && !admits(id, {})) {
    graph_.detach_at(revisit.position, revisit.event);
    return {.admitted = false};
  }
  if (!move.finding || !property::is_violation(graph_, id)) return {};
  Found found = describe(move);
  found.at = id;
  return {.found = std::move(found)};
}

/// The event that the read becomes when it reads `write`; empty if it can't read that.
std::optional<Event> Execution::revisited(EventId former, EventId write, bool spurious) {
  const Event& old = graph_[former];
  const Turn turn{Turn::Kind::read, old.thread, old.node};
  Event event = make_read(turn, write, spurious);
  event.stamp = old.stamp;
  const auto newest = graph_.location(event.location).coherence.back();
  if (spurious || outcome(old.node, event.value) != Outcome::waits) return event;
  event.rmw = false;
  // The lock that it holds is taken away by the other thread's: it must try again.
  const bool lock = program_[old.node].op.kind == api::OpKind::lock;
  const bool lost = lock && graph_[write].rmw && graph_[write].reads_from == old.reads_from;
  if (lost) {
    event.kind = EventKind::failed_attempt;
    event.after = old.node;
    return event;
  }
  if (write != newest || lock) return std::nullopt;
  event.kind = EventKind::stuck;
  return event;
}

}  // namespace heddle::explore
