#include "checker/explore/execution.hpp"

#include <algorithm>

#include "checker/explore/idle.hpp"
#include "checker/explore/values.hpp"

namespace heddle::explore {

using graph::Event;
using graph::EventKind;
using graph::no_event;
using graph::no_location;
using runtime::no_node;
using runtime::Node;

static_assert(runtime::max_threads <= graph::most_threads);

namespace {

// A thread that went round a loop so often comes last of all: it may be waiting, with something
// different in each round, for what the others have not done yet. Any order of the threads that
// depends on the graph alone finds all executions; in this one a loop that counts has an end to go
// back from.
constexpr std::uint8_t patience = 1;
// The same for rounds that have an effect, but read nothing new.
constexpr std::size_t patience_with_effects = 10;

}  // namespace

Execution::Execution(runtime::Program& program, const consistency::Model& model, bool spurious,
                     std::uint32_t steps, Variant variant)
    : program_(program),
      model_(model),
      spurious_(spurious),
      steps_(steps),
      length_(steps),
      variant_(variant) {}

bool Execution::ended(ThreadId thread) const {
  const auto& events = graph_.thread(thread).events;
  if (events.empty()) return graph_.last(thread) == no_event && thread != 0;
  const EventKind kind = graph_[events.back()].kind;
  return kind == EventKind::finish || kind == EventKind::end || kind == EventKind::stuck;
}

NodeId Execution::state_of(ThreadId thread) {
  const auto& events = graph_.thread(thread).events;
  if (events.empty()) {
    return thread == 0 ? program_.main_root() : program_.root_of(graph_[graph_.last(thread)].node);
  }
  const EventId last = events.back();
  if (graph_[last].after == no_node) {
    // A read-modify-write is told what its read read.
    const bool writes_back = graph_[last].kind == EventKind::write && graph_[last].rmw;
    const Event& event = graph_[writes_back ? events[events.size() - 2] : last];
    const NodeId after = program_.next(event.node, reply_to(program_[event.node], event));
    graph_.at(last).after = after;
  }
  return graph_[last].after;
}

void Execution::forget_states(std::vector<NodeId> more) {
  if (program_.remembered() < most_states_) return;
  for (EventId id = 1; id < graph_.mark().events; ++id) {
    more.push_back(graph_[id].node);
    more.push_back(graph_[id].after);
  }
  for (const RevisitStack::Revisit& revisit : revisits_.all()) more.push_back(revisit.move.node);
  program_.forget_all_but(std::move(more));
  // A scenario whose executions need that many at once gets them.
  most_states_ = std::max(most_states_, 2 * program_.remembered());
}

Turn Execution::next() {
  if (revisits_.is_placing()) {
    const Move& revisit = revisits_.top().move;
    return {Turn::Kind::write, revisit.thread, revisit.node};
  }
  // A revisited read-modify-write has its read but not its write yet: nothing may come in between.
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    const auto& events = graph_.thread(thread).events;
    if (events.empty()) continue;
    const Event& last = graph_[events.back()];
    if (last.kind == EventKind::read && last.rmw) {
      return {Turn::Kind::write, thread, last.node};
    }
  }
  // Awaits come late: the later they are scheduled, the fewer executions must be given up.
  Turn waiting;
  Turn circling;
  std::size_t fewest_events = 0;
  for (ThreadId i = 0; i < graph_.threads(); ++i) {
    const ThreadId thread = variant_.reversed ? graph_.threads() - 1 - i : i;
    if (ended(thread)) continue;
    const NodeId at = state_of(thread);
    const Node& state = program_[at];
    const bool circles =
        state.rounds >= patience || is_idle(program_, graph_, thread, at, patience_with_effects);
    const bool awaits = state.head_of_round && !variant_.reversed;
    const std::size_t events = graph_.thread(thread).events.size();
    if (circles && circling.kind != Turn::Kind::none && events >= fewest_events) continue;
    if (!circles && awaits && waiting.kind != Turn::Kind::none) continue;
    const Turn turn = turn_of(thread);
    if (turn.kind == Turn::Kind::none) continue;
    if (circles) {
      circling = turn;
      fewest_events = events;
    } else if (awaits) {
      waiting = turn;
    } else {
      return turn;
    }
  }
  return waiting.kind != Turn::Kind::none ? waiting : circling;
}

Turn Execution::turn_of(ThreadId thread) {
  using enum api::OpKind;
  const NodeId id = state_of(thread);
  const Node& node = program_[id];
  if (node.retry != no_node) return {};
  const Turn reads{Turn::Kind::read, thread, id};
  switch (node.op.kind) {
    case join: {
      const auto target = static_cast<ThreadId>(node.op.operand);
      const bool done = target < graph_.threads() && !graph_.thread(target).events.empty() &&
                        graph_[graph_.last(target)].kind == EventKind::finish;
      return done ? Turn{Turn::Kind::single, thread, id} : Turn{};
    }
    case store:
    case unlock:
      return {Turn::Kind::write, thread, id};
    case choose:
      return {Turn::Kind::choice, thread, id};
    case lock:
    case try_lock:
      return may_read(reads) ? reads : Turn{};
    default:
      if (!api::is_atomic_access(node.op.kind)) return {Turn::Kind::single, thread, id};
      return may_read(reads) ? reads : Turn{};
  }
}

EventId Execution::append(const Event& event, graph::SlotId slot) {
  const EventId id = graph_.append(event, slot);
  model_.order(graph_, id);
  HEDDLE_ASSERT(graph_.happens_before(id, id));
  ++events_;
  return id;
}

/// The write that a plain read reads: the happens-before-latest one. Not a racing write, which
/// would get porf-before what follows, so that nothing there could revisit what is before that
/// write.
EventId Execution::visible_write(ThreadId thread, LocationId location) const {
  const auto& coherence = graph_.location(location).coherence;
  const EventId last = graph_.last(thread);
  std::size_t position = coherence.size() - 1;
  while (position > 0 && (last == no_event || !graph_.happens_before(coherence[position], last))) {
    --position;
  }
  return coherence[position];
}

/// What the thread may see of a shared block: of each cell the value of the visible write.
std::string Execution::visible_values(const Move& move) const {
  return program_.values_of(program_[move.node].op.address, [&](graph::SlotId slot) {
    const LocationId location = graph_.location_at(slot);
    return location == no_location ? 0 : graph_[visible_write(move.thread, location)].value;
  });
}

/// Fills in the event of an Op that concerns plain memory or an object's life; leaves it alone if
/// it is no such Op.
void Execution::describe_access(const Move& move, Event& event) {
  using enum api::OpKind;
  const Node& node = program_[move.node];
  switch (node.op.kind) {
    case read:
    case touch:
      event.kind = EventKind::read;
      event.location = graph_.location_at(node.slot);
      event.reads_from = visible_write(move.thread, event.location);
      event.value = graph_[event.reads_from].value;
      break;
    case view:
      event.kind = EventKind::read;
      event.location = graph_.location_at(node.slot);
      event.reads_from = graph_.location(event.location).coherence.front();
      event.value = program_.keep(visible_values(move));
      break;
    case write:
      event.kind = EventKind::write;
      event.location = graph_.location_at(node.slot);
      event.coherence =
          static_cast<std::uint32_t>(graph_.location(event.location).coherence.size());
      event.value = node.op.operand;
      break;
    case construct:
      event.kind = EventKind::write;
      event.initial = true;
      event.uninitialised = !node.op.has_operand && !is_mutex(node);
      event.value = node.op.operand;
      event.shape = node.shape;
      break;
    case destroy:
      event.kind = EventKind::destroy;
      event.location = graph_.location_at(node.slot);
      break;
    case allocate:
      event.kind = EventKind::allocate;
      break;
    case release:
      event.kind = EventKind::release;
      break;
    default:
      break;
  }
}

Applied Execution::add_single(const Move& move) {
  using enum api::OpKind;
  const Node& node = program_[move.node];
  Event event{.thread = move.thread, .node = move.node};
  event.order = std::memory_order_relaxed;
  describe_access(move, event);
  switch (node.op.kind) {
    case fence:
      event.kind = EventKind::fence;
      event.order = node.op.order;
      break;
    case spawn:
      event.kind = EventKind::spawn;
      event.value = node.op.expected;
      break;
    case join:
      event.kind = EventKind::join;
      event.reads_from = graph_.last(static_cast<ThreadId>(node.op.operand));
      event.value = program_[graph_[event.reads_from].node].op.operand;
      break;
    case finish:
      event.kind = EventKind::finish;
      break;
    case assume_fails:
      event.kind = EventKind::end;
      break;
    case invariant:
      has_invariants_ = true;
      break;
    default:
      break;
  }
  return append_found(move, event, node.slot);
}

Event Execution::make_read(const Turn& turn, EventId write, bool spurious) const {
  const Node& node = program_[turn.node];
  Event event{.kind = EventKind::read, .thread = turn.thread, .node = turn.node};
  event.atomic = true;
  event.location = graph_[write].location;
  event.value = graph_[write].value;
  event.reads_from = write;
  event.spurious = spurious;
  event.rmw = !spurious && writes_back(node, event.value);
  event.locked = may_write_back(node);
  if (node.op.weak && node.op.kind == api::OpKind::load) {
    const bool of_notifier = node.op.expected != 0;
    event.for_sleepers = of_notifier && event.value == 0;
    event.before_sleep = !of_notifier && event.value == node.op.operand;
  }
  if (node.op.weak && node.op.kind == api::OpKind::fetch_and) event.for_sleepers = true;
  event.order = node.op.order;
  if (api::may_fail(node.op.kind) && !event.rmw) event.order = node.op.failure_order;
  return event;
}

Event Execution::make_write(const Turn& turn) const {
  const Node& node = program_[turn.node];
  Event event{.kind = EventKind::write, .thread = turn.thread, .node = turn.node};
  event.atomic = true;
  event.order = node.op.order;
  const auto& events = graph_.thread(turn.thread).events;
  if (!events.empty() && graph_[events.back()].kind == EventKind::read &&
      graph_[events.back()].rmw) {
    const Event& read = graph_[events.back()];
    event.rmw = true;
    event.location = read.location;
    event.reads_from = read.reads_from;
    event.value = value_written_back(node, read.value);
  } else {
    event.location = graph_.location_at(node.slot);
    event.value = node.op.kind == api::OpKind::unlock ? 0 : node.op.operand;
  }
  return event;
}

Applied Execution::apply(const Move& move) {
  HEDDLE_ASSERT(move.thread < graph_.threads());
  HEDDLE_ASSERT(!revisits_.is_placing() || move.kind == Move::Kind::place);
  const Turn turn{Turn::Kind::read, move.thread, move.node};
  switch (move.kind) {
    case Move::Kind::single:
      return add_single(move);
    case Move::Kind::violation:
      return end_with(turn, told(move));
    case Move::Kind::cut:
      return end_with(turn, polled_too_long(turn), true);
    case Move::Kind::read:
    case Move::Kind::spurious:
    case Move::Kind::conflict:
      return append_found(move, make_read(turn, move.event, move.kind == Move::Kind::spurious), 0);
    case Move::Kind::stuck:
    case Move::Kind::failing: {
      Event event = make_read(turn, move.event, false);
      event.kind = EventKind::stuck;
      event.rmw = false;
      return append_found(move, event, 0);
    }
    case Move::Kind::place:
      return revisits_.is_placing() ? add_revisiting(move) : add_write(move);
    case Move::Kind::value: {
      Event event{.kind = EventKind::choice, .thread = move.thread, .node = move.node};
      event.value = move.position;
      return append_found(move, event, 0);
    }
    case Move::Kind::revisit:
      revisits_.enter(move);
      break;
  }
  return {};
}

Applied Execution::add_write(const Move& move) {
  Event event = make_write({Turn::Kind::write, move.thread, move.node});
  event.coherence = move.position;
  const graph::Graph::Mark before = graph_.mark();
  Applied applied = append_found(move, event, 0);
  if (admits(graph_.order().back(), {})) return applied;
  graph_.pop();
  graph_.release(before);
  return {.admitted = false};
}

Execution::Mark Execution::mark() const {
  return {graph_.order().size(), graph_.mark(), revisits_.depth(), revisits_.is_placing()};
}

void Execution::undo(const Mark& mark) {
  HEDDLE_ASSERT(revisits_.depth() >= mark.revisits);
  while (revisits_.depth() > mark.revisits) revisits_.leave();
  if (mark.placing) revisits_.unplace();
  HEDDLE_ASSERT(revisits_.is_placing() == mark.placing);
  HEDDLE_ASSERT(graph_.order().size() >= mark.order);
  while (graph_.order().size() > mark.order) graph_.pop();
  graph_.release(mark.graph);
}

}  // namespace heddle::explore
