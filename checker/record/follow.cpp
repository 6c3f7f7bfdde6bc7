// Runs the execution that a trace records.
#include "checker/record/follow.hpp"

#include <algorithm>
#include <stdexcept>

#include "checker/explore/classify.hpp"
#include "checker/explore/invariants.hpp"
#include "checker/record/names.hpp"
#include "checker/record/record.hpp"

namespace heddle::record {

using explore::Applied;
using graph::NodeId;
using runtime::Node;
using trace::Step;

namespace {

Turn::Kind kind_of(const Node& node) {
  if (node.op.kind == api::OpKind::choose) return Turn::Kind::choice;
  if (node.op.kind == api::OpKind::view) return Turn::Kind::single;
  if (node.op.kind == api::OpKind::store || node.op.kind == api::OpKind::unlock) {
    return Turn::Kind::write;
  }
  const bool reads = node.op.kind == api::OpKind::lock || node.op.kind == api::OpKind::try_lock ||
                     api::is_atomic_access(node.op.kind);
  return reads ? Turn::Kind::read : Turn::Kind::single;
}

/// What shows only when all is done: an invariant that fails, or what else is wrong with the
/// execution. There may be both, of which the trace says one.
std::optional<Found> violation_at_end(Execution& execution, const trace::Trace& trace) {
  std::optional<Found> failed = explore::check_last_state(execution);
  const bool is_recorded = failed && trace.violation && failed->kind == trace.violation->kind;
  if (is_recorded) return failed;
  std::optional<Found> other;
  explore::classify(execution, &other);
  return other ? other : failed;
}

}  // namespace

void Follower::refuse(const std::string& why) const {
  throw std::runtime_error("the trace does not fit the scenario: at step " +
                           std::to_string(number_) + " " + why);
}

void Follower::take(std::uint32_t number, const Step& step, const std::string& too_long) {
  number_ = number;
  found_.reset();
  if (step.thread >= graph_.threads() || execution_.ended(step.thread)) {
    refuse("thread " + std::to_string(step.thread) + " has nothing to do");
  }
  pass_unshown(step);
  const NodeId id = execution_.state_of(step.thread);
  // Where a thread waits at the end is no event; what the record says of it is compared as a
  // whole.
  if (step.waits && !step.reads_from) {
    if (execution_.turn_of(step.thread).kind != Turn::Kind::none)
      refuse("the thread does not wait");
    return;
  }
  compare(step, execution_.program()[id]);
  Turn turn{kind_of(execution_.program()[id]), step.thread, id};
  take_turn(turn, step, too_long);
  violated_ |= found_.has_value();
}

void Follower::apply(const Move& move) {
  Applied applied = execution_.apply(move);
  if (applied.found) found_ = std::move(applied.found);
}

void Follower::take_turn(const Turn& turn, const Step& step, const std::string& too_long) {
  if (!too_long.empty()) {
    Found found{.kind = ViolationKind::step_bound, .message = too_long};
    found_ = execution_.end_with(turn, std::move(found)).found;
  } else if (const std::optional<Move> only = execution_.forced(turn)) {
    apply(*only);
    written_[number_] = graph_.order().back();
    place_of_[graph_.order().back()] = step.coherence.value_or(0);
  } else if (turn.kind == Turn::Kind::read) {
    read(turn, step);
  } else if (turn.kind == Turn::Kind::write) {
    write(turn, step);
  } else {
    choose(turn, step);
  }
}

/// Does what is no step of a trace, unless it is the violation. What is wrong with it is not what
/// the trace tells.
void Follower::pass_unshown(const Step& next) {
  while (!execution_.ended(next.thread)) {
    const NodeId id = execution_.state_of(next.thread);
    const Node& node = execution_.program()[id];
    if (!is_unshown(node)) return;
    const bool is_next = operation_name(node) == next.operation &&
                         object_type(node) == next.object_type &&
                         next.object.starts_with(execution_.program().object_name(node));
    if (is_next) return;
    const auto move = execution_.forced({Turn::Kind::single, next.thread, id});
    violated_ |= execution_.apply(*move).found.has_value();
  }
  refuse("thread " + std::to_string(next.thread) + " has nothing to do");
}

void Follower::compare(const Step& step, const Node& node) const {
  const std::string operation = operation_name(node);
  if (node.retry != runtime::no_node) refuse("the thread waits");
  // These are shown with the place of their code, which is compared when all is recorded again.
  const bool is_shown_by_code = is_plain_memory(node) || node.stack != nullptr;
  const bool is_elsewhere = !is_shown_by_code && node.op.site.line != step.line;
  if (operation != step.operation || is_elsewhere) {
    refuse("the scenario does " + operation + " at line " + std::to_string(node.op.site.line) +
           ", the trace says " + step.operation + " at line " + std::to_string(step.line));
  }
}

void Follower::read(const Turn& turn, const Step& step) {
  const auto source = written_.find(step.reads_from.value_or(0));
  if (source == written_.end()) refuse("the read has no earlier write to read from");
  const bool spurious = step.spurious && api::may_fail(execution_.program()[turn.node].op.kind);
  const EventId from = source->second;
  const auto location = graph_.location_at(execution_.program()[turn.node].slot);
  if (graph_[from].kind != graph::EventKind::write || graph_[from].location != location) {
    refuse("the read does not read a write to its object");
  }
  if (step.waits) return wait(turn, from);
  if (!execution_.may_read_from(turn, from)) {
    refuse("the memory model does not allow what the read reads");
  }
  const std::uint64_t value = graph_[from].value;
  if (spurious ? !execution_.may_fail_spuriously(turn.node, value)
               : execution_.program()[turn.node].op.kind == api::OpKind::lock && value != 0) {
    refuse("the step can't end in this way");
  }
  apply(execution_.reading(turn, spurious ? Move::Kind::spurious : Move::Kind::read, from));
  const graph::Event& event = graph_[graph_.order().back()];
  // Where a read-modify-write is the violation, the trace ends with its read.
  const bool ends_here = found_ && !step.coherence;
  if (event.rmw && !ends_here) write({Turn::Kind::write, turn.thread, turn.node}, step);
}

/// A wait that nothing ends: it must fail. Whether a newer value would have ended it shows at the
/// end of the execution.
void Follower::wait(const Turn& turn, EventId write) {
  const bool fails =
      execution_.outcome(turn.node, graph_[write].value) != explore::Outcome::goes_on;
  if (!fails || !execution_.may_read_from(turn, write)) {
    refuse("the thread does not wait for ever");
  }
  apply(execution_.reading(turn, Move::Kind::stuck, write));
}

void Follower::write(const Turn& turn, const Step& step) {
  if (!step.coherence) refuse("the write has no place in the coherence order");
  std::vector<Move> moves;
  execution_.moves(turn, moves);
  for (const Move& move : moves) {
    if (!is_place_of(turn, move.position, *step.coherence)) continue;
    Applied applied = execution_.apply(move);
    if (!applied.admitted) continue;
    if (applied.found) found_ = std::move(applied.found);
    written_[number_] = graph_.order().back();
    place_of_[graph_.order().back()] = *step.coherence;
    return;
  }
  refuse("the memory model does not allow the write's place in the coherence order");
}

/// Whether all writes before the position come earlier in the trace's coherence order, and all
/// behind it later.
bool Follower::is_place_of(const Turn& turn, std::uint32_t position, std::uint32_t place) const {
  const auto location = graph_.location_at(execution_.program()[turn.node].slot);
  const auto& coherence = graph_.location(location).coherence;
  for (std::uint32_t i = 0; i < coherence.size(); ++i) {
    const auto other = place_of_.find(coherence[i]);
    const std::uint32_t its = other == place_of_.end() ? 0 : other->second;
    if ((i < position) != (its < place)) return false;
  }
  return true;
}

void Follower::choose(const Turn& turn, const Step& step) {
  if (step.choice >= execution_.program()[turn.node].op.operand) {
    refuse("the choice is out of range");
  }
  apply({.kind = Move::Kind::value,
         .thread = turn.thread,
         .node = turn.node,
         .position = static_cast<std::uint32_t>(step.choice)});
}

EventId Follower::write_of(std::uint32_t number) const {
  const auto write = written_.find(number);
  return write == written_.end() ? graph::no_event : write->second;
}

void expect_waits_of(const trace::Trace& trace, Execution& execution) {
  const bool waits = std::ranges::any_of(trace.steps, [](const Step& step) { return step.waits; });
  const bool spins = trace.violation && trace.violation->kind == ViolationKind::endless_spin;
  execution.program().recognise_waits(waits || spins);
}

std::optional<Found> follow(Execution& execution, const trace::Trace& trace) {
  expect_waits_of(trace, execution);
  Follower follower(execution);
  const bool too_long = trace.violation && trace.violation->kind == ViolationKind::step_bound;
  std::uint32_t number = 0;
  for (const Step& step : trace.steps) {
    const bool last = ++number == trace.steps.size();
    follower.take(number, step, last && too_long ? trace.violation->message : "");
    // Accesses that race, say, may be on the way to what the trace tells: threads go on behind
    // them.
    const bool ends = follower.found() && (!trace.violation || execution.ended(step.thread));
    if (ends && !last) {
      follower.refuse("the violation shows already: " + follower.found()->message);
    }
  }
  std::optional<Found> found = follower.found();
  if (!found) found = violation_at_end(execution, trace);
  if (!found && trace.violation) {
    throw std::runtime_error(
        "the trace does not fit the scenario: after its last step the recorded violation does not "
        "show");
  }
  return found;
}

}  // namespace heddle::record
