// What a thread may do next: the moves of its turn, and which of them need not be tried.
#include <algorithm>

#include "checker/consistency/wake_up.hpp"
#include "checker/explore/execution.hpp"
#include "checker/explore/idle.hpp"
#include "checker/explore/values.hpp"

namespace heddle::explore {

using graph::Event;
using graph::EventKind;
using graph::no_event;
using graph::no_location;
using property::Finding;
using runtime::no_node;
using runtime::Node;

namespace {

// Of a loop that reads nothing new. Loops that end by themselves are rarely that long where others
// can come between.
constexpr std::size_t most_idle_rounds = 100;
constexpr std::uint8_t most_failures = 3;  // of a weak Op in a row, although its condition is met

/// Whether it shows at either of two accesses, whichever is added second. The thread must then go
/// on: what it does later leads to executions in which the two are ordered.
bool depends_on_order(const Node& node, const Finding& finding) {
  if (finding.other == no_event || node.op.kind == api::OpKind::construct) return false;
  return finding.kind == ViolationKind::data_race || finding.kind == ViolationKind::use_after_free;
}

Move read_move(const Turn& turn, Move::Kind kind, const graph::Graph& graph, EventId write,
               const std::optional<Finding>& finding) {
  Move move{.kind = kind, .thread = turn.thread, .node = turn.node, .event = write};
  move.finding = finding;
  if (graph[write].uninitialised) move.finding = {ViolationKind::uninitialised_read, write};
  return move;
}

}  // namespace

/// Whether the turn is a violation that ends its thread.
bool Execution::ends_thread(const Turn& turn) const {
  const auto finding = inspect(turn);
  return finding && !depends_on_order(program_[turn.node], *finding);
}

/// Whether a read can go on now. Nearly always the newest write lets it; only waits depend on older
/// ones.
bool Execution::may_read(const Turn& turn) {
  const LocationId location = graph_.location_at(program_[turn.node].slot);
  if (location == no_location) return true;
  const EventId newest = graph_.location(location).coherence.back();
  if (outcome(turn.node, graph_[newest].value) != Outcome::waits) return true;
  // A wait that is wrong by itself ends its thread, whatever it would read.
  if (ends_thread(turn)) return true;
  if (program_[turn.node].op.kind == api::OpKind::lock) return false;
  scratch_.clear();
  read_moves(turn, std::nullopt, scratch_);
  return !scratch_.empty() && scratch_.front().kind != Move::Kind::conflict;
}

/// What is wrong with the turn: as a violation, if that ends the thread.
Move Execution::first_move(const Turn& turn) const {
  Move move{.kind = Move::Kind::violation, .thread = turn.thread, .node = turn.node};
  const Node& node = program_[turn.node];
  if (node.end == runtime::End::violated) {
    move.finding = {node.violation};
  } else if (graph_.order().size() >= length_) {
    move.finding = {ViolationKind::step_bound};
  } else {
    move.finding = inspect(turn);
    const bool ends = move.finding && !depends_on_order(node, *move.finding);
    // What ends the thread of a write that revisits is found where it does not.
    if (!ends || revisits_.is_placing()) move.kind = Move::Kind::single;
  }
  return move;
}

/// A thread that polls, and has done so for long, does not read what it read before where there is
/// something newer: there would be an execution for each number of rounds, without end. The moves
/// that do are replaced by one that cuts the execution: nothing is proven any more.
void Execution::cut_idle_rounds(const Turn& turn, std::size_t first, std::vector<Move>& out) const {
  if (!is_idle(program_, graph_, turn.thread, turn.node, most_idle_rounds)) return;
  const auto& coherence = graph_.location(graph_.location_at(program_[turn.node].slot)).coherence;
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first);
  const auto behind = std::remove_if(begin, out.end(), [&](const Move& move) {
    return move.event != coherence.back() && move.kind != Move::Kind::failing;
  });
  if (behind == out.end()) return;
  out.erase(behind, out.end());
  out.push_back({.kind = Move::Kind::cut, .thread = turn.thread, .node = turn.node});
}

std::optional<Move> Execution::forced(const Turn& turn) const {
  const Move move = first_move(turn);
  const bool is_only = move.kind == Move::Kind::violation || turn.kind == Turn::Kind::single;
  return is_only ? std::optional(move) : std::nullopt;
}

void Execution::moves(const Turn& turn, std::vector<Move>& out) {
  const Move first = first_move(turn);
  if (first.kind == Move::Kind::violation || turn.kind == Turn::Kind::single) {
    out.push_back(first);
  } else if (turn.kind == Turn::Kind::read) {
    const std::size_t old = out.size();
    read_moves(turn, first.finding, out);
    cut_idle_rounds(turn, old, out);
  } else if (turn.kind == Turn::Kind::write) {
    write_moves(turn, first.finding, out);
  } else if (turn.kind == Turn::Kind::choice) {
    value_moves(turn, out);
  }
}

void Execution::value_moves(const Turn& turn, std::vector<Move>& out) const {
  const Node& node = program_[turn.node];
  const std::uint64_t count = node.op.weak ? 1 : node.op.operand;
  if (node.op.weak) program_.note_bound(node.op.text);
  for (std::uint32_t value = 0; value < count; ++value) {
    out.push_back(
        {.kind = Move::Kind::value, .thread = turn.thread, .node = turn.node, .position = value});
  }
}

void Execution::write_moves(const Turn& turn, const std::optional<Finding>& finding,
                            std::vector<Move>& out) const {
  const Event event = make_write(turn);
  Move move{.kind = Move::Kind::place, .thread = turn.thread, .node = turn.node};
  move.finding = finding;
  const auto& coherence = graph_.location(event.location).coherence;
  if (event.rmw) {
    const std::uint32_t position = graph_[event.reads_from].coherence;
    if (graph_.claimed(event.location, position)) return;
    move.position = position + 1;
    out.push_back(move);
    return;
  }
  const std::uint32_t lowest = floor(turn.thread, event.location) + 1;
  for (auto position = static_cast<std::uint32_t>(coherence.size()); position >= lowest;
       --position) {
    if (graph_.claimed(event.location, position - 1)) continue;
    move.position = position;
    out.push_back(move);
  }
}

/// A failed attempt of the thread came before the lock that it lost to, so the next attempt comes
/// after that one.
std::uint32_t Execution::floor(ThreadId thread, LocationId location) const {
  const EventId last = graph_.last(thread);
  const std::uint32_t floor = model_.floor(graph_, last, location, {});
  HEDDLE_ASSERT(floor < graph_.location(location).coherence.size());
  if (last == no_event || graph_[last].kind != EventKind::failed_attempt) return floor;
  return std::max(floor, graph_[graph_[last].reads_from].coherence);
}

bool Execution::admits(EventId event, const graph::Extent& extent) const {
  return model_.admits(graph_, event, extent) && !consistency::loses_wake_up(graph_, event, extent);
}

bool Execution::admitted(const Turn& turn, EventId write) {
  const LocationId location = graph_[write].location;
  if (graph_[write].coherence + 1 == graph_.location(location).coherence.size()) return true;
  const auto mark = graph_.mark();
  const EventId read = graph_.append(make_read(turn, write, false));
  model_.order(graph_, read);
  const bool result = admits(read, {});
  graph_.pop();
  graph_.release(mark);
  return result;
}

bool Execution::may_read_from(const Turn& turn, EventId write) {
  const LocationId location = graph_.location_at(program_[turn.node].slot);
  if (graph_[write].location != location || graph_[write].kind != EventKind::write) return false;
  const std::uint32_t position = graph_[write].coherence;
  const bool takes = writes_back(program_[turn.node], graph_[write].value);
  return position >= floor(turn.thread, location) &&
         !(takes && graph_.claimed(location, position)) && admitted(turn, write);
}

Outcome Execution::outcome(NodeId id, std::uint64_t value) {
  const Node& node = program_[id];
  if (node.op.kind == api::OpKind::lock) return value == 0 ? Outcome::goes_on : Outcome::waits;
  Event read{.kind = EventKind::read, .value = value};
  const NodeId retry = program_[program_.next(id, reply_to(node, read))].retry;
  if (retry == no_node) return Outcome::goes_on;
  return retry == id && !variant_.explores_failures ? Outcome::waits : Outcome::ends_round;
}

/// Whether a weak Op may fail although its condition is met, and the thread would notice.
bool Execution::may_fail_spuriously(NodeId id, std::uint64_t value) {
  const Node& node = program_[id];
  const bool weak = node.op.weak && api::may_fail(node.op.kind);
  if (!spurious_ || !weak || !writes_back(node, value)) return false;
  if (node.failures >= most_failures) {
    program_.note_bound("at most 3 failures of a weak operation in a row for no reason");
    return false;
  }
  const Event read{.kind = EventKind::read, .spurious = true, .value = value};
  NodeId after = program_.next(id, reply_to(node, read));
  // Plain writes on the way back may be those of the round before.
  while (program_[after].op.kind == api::OpKind::write &&
         program_[after].end == runtime::End::none) {
    after = program_.next(after, {});
  }
  return program_[after].retry == no_node;
}

Move Execution::reading(const Turn& turn, Move::Kind kind, EventId write) const {
  return read_move(turn, kind, graph_, write, inspect(turn));
}

void Execution::read_moves(const Turn& turn, const std::optional<Finding>& finding,
                           std::vector<Move>& out) {
  const Node& node = program_[turn.node];
  const LocationId location = graph_.location_at(node.slot);
  const auto count = static_cast<std::uint32_t>(graph_.location(location).coherence.size());
  const std::size_t first = out.size();
  bool newest_waits = false;
  bool conflicts = false;
  bool fails_wrongly = false;
  const std::uint32_t lowest = floor(turn.thread, location);
  const auto add = [&](Move::Kind kind, EventId write) {
    out.push_back(read_move(turn, kind, graph_, write, finding));
  };
  for (std::uint32_t position = count; position-- > lowest;) {
    const EventId write = graph_.location(location).coherence[position];
    const bool newest = position + 1 == count;
    if (!newest && !admitted(turn, write)) continue;
    const Outcome result = outcome(turn.node, graph_[write].value);
    if (newest && result == Outcome::waits) newest_waits = true;
    const bool skipped = !newest && !variant_.explores_failures;
    if (result == Outcome::waits || (result == Outcome::ends_round && skipped)) {
      // A failed round has no effect, so it is left out; unless it is an error.
      fails_wrongly |= position == 0 && is_wrong_to_read(turn, write);
      continue;
    }
    const bool taken =
        writes_back(program_[turn.node], graph_[write].value) && graph_.claimed(location, position);
    conflicts |= taken;
    add(taken ? Move::Kind::conflict : Move::Kind::read, write);
    if (may_fail_spuriously(turn.node, graph_[write].value)) {
      add(Move::Kind::spurious, write);
    }
  }
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first);
  if (conflicts) {
    std::stable_partition(begin, out.end(),
                          [](const Move& move) { return move.kind != Move::Kind::conflict; });
  }
  const bool enabled = first < out.size() && out[first].kind != Move::Kind::conflict;
  if (enabled && newest_waits && program_[turn.node].op.kind != api::OpKind::lock) {
    add(Move::Kind::stuck, graph_.location(location).coherence.back());
  }
  if (enabled && fails_wrongly) {
    add(Move::Kind::failing, graph_.location(location).coherence.front());
  }
}

bool Execution::is_last_place(const Move& move) const {
  if (move.kind != Move::Kind::place || revisits_.is_placing()) return false;
  const Event write = make_write({Turn::Kind::write, move.thread, move.node});
  return !write.rmw && move.position == graph_.location(write.location).coherence.size();
}

/// Whether a read of the construction is an error although reads of later writes need not be. All
/// other errors of a read are those of each read at that place.
bool Execution::is_wrong_to_read(const Turn& turn, EventId construction) const {
  if (graph_[construction].uninitialised) return true;
  const EventId last = graph_.last(turn.thread);
  return last == no_event || !graph_.happens_before(construction, last);
}

/// Of a thread that waits at the end: the write that its failing read is wrong to read, or
/// no_event.
EventId Execution::wrongly_awaited(const Turn& turn) {
  const Node& node = program_[turn.node];
  const bool is_wait =
      node.retry == no_node && (asks_for_mutex(node) || api::is_atomic_access(node.op.kind));
  const LocationId location = is_wait ? graph_.location_at(node.slot) : no_location;
  if (location == no_location) return no_event;
  const auto& coherence = graph_.location(location).coherence;
  if (graph_.location(location).destroyed != no_event) return coherence.back();
  const EventId construction = coherence.front();
  // Where it would not fail, it is one of the choices of another branch.
  const bool fails = outcome(turn.node, graph_[construction].value) != Outcome::goes_on &&
                     floor(turn.thread, location) == 0 && admitted(turn, construction);
  return fails && is_wrong_to_read(turn, construction) ? construction : no_event;
}

void Execution::add_failing_accesses(const std::function<void(const Found&)>& tell) {
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    if (ended(thread)) continue;
    const Turn turn{Turn::Kind::read, thread, state_of(thread)};
    Applied applied;
    if (program_[turn.node].op.kind == api::OpKind::join) {
      // Only now it shows that nobody creates the thread that it waits for.
      Move end{.kind = Move::Kind::violation, .thread = thread, .node = turn.node};
      end.finding = inspect(turn);
      if (end.finding) applied = apply(end);
    } else if (const EventId write = wrongly_awaited(turn); write != no_event) {
      applied = apply(reading(turn, Move::Kind::failing, write));
    }
    if (applied.found) tell(*applied.found);
  }
}

void Execution::conflict_moves(ThreadId thread, std::vector<Move>& out) {
  const NodeId id = state_of(thread);
  const Node& node = program_[id];
  if (node.retry != no_node || node.op.kind == api::OpKind::join) return;
  const Turn turn{Turn::Kind::read, thread, id};
  const std::size_t old = out.size();
  read_moves(turn, inspect(turn), out);
  cut_idle_rounds(turn, old, out);
}

}  // namespace heddle::explore
