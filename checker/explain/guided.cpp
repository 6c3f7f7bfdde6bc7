#include "checker/explain/guided.hpp"

#include <utility>

#include "checker/record/names.hpp"

namespace heddle::explain {

using explore::Move;
using explore::Turn;
using graph::EventId;
using graph::EventKind;
using graph::no_event;
using trace::Step;

void Guided::follow(std::uint32_t number) {
  follower_.take(number, trace_.steps[number - 1]);
  writes_[number - 1] = follower_.write_of(number);
}

bool Guided::read_from(std::uint32_t number, std::uint32_t source) {
  const Step& step = trace_.steps[number - 1];
  const EventId write = writes_[source - 1];
  if (write == no_event || execution_.ended(step.thread)) return false;
  const Turn turn = execution_.turn_of(step.thread);
  if (turn.kind != Turn::Kind::read || !read(turn, write)) return false;
  resemble_write(number);
  return true;
}

/// Reads `write`, if the model allows it and the thread can then go on.
bool Guided::read(const Turn& turn, EventId write) {
  const std::uint64_t value = execution_.graph()[write].value;
  if (!execution_.may_read_from(turn, write)) return false;
  if (execution_.outcome(turn.node, value) != explore::Outcome::goes_on) return false;
  return apply(execution_.reading(turn, Move::Kind::read, write));
}

/// False, and nothing is added, if the model refuses it.
bool Guided::apply(const Move& move) {
  explore::Applied applied = execution_.apply(move);
  if (applied.found) found_ = std::move(applied.found);
  return applied.admitted;
}

/// The second half of a read-modify-write of which the first was just added.
void Guided::resemble_write(std::uint32_t number) {
  const graph::Graph& graph = execution_.graph();
  const graph::Event read = graph[graph.order().back()];
  if (!read.rmw || read.kind != EventKind::read) return;
  moves_.clear();
  execution_.moves({Turn::Kind::write, read.thread, read.node}, moves_);
  if (moves_.empty() || !apply(moves_.front())) return;
  if (number != 0) writes_[number - 1] = graph.order().back();
}

void Guided::resemble(std::uint32_t number) {
  const Step& step = trace_.steps[number - 1];
  if (step.thread >= execution_.graph().threads() || execution_.ended(step.thread)) return;
  const Turn turn = execution_.turn_of(step.thread);
  if (turn.kind == Turn::Kind::none) return;
  const runtime::Node& node = execution_.program()[turn.node];
  const bool same =
      record::operation_name(node) == step.operation && node.op.site.line == step.line;
  take(turn, same ? number : 0);
}

void Guided::finish() {
  for (Turn turn = execution_.next(); turn.kind != Turn::Kind::none; turn = execution_.next()) {
    take(turn, 0);
  }
}

/// Adds the turn's event. `number`: the step that it resembles, 0 if none.
void Guided::take(const Turn& turn, std::uint32_t number) {
  const graph::Graph& graph = execution_.graph();
  const std::size_t before = graph.order().size();
  if (const std::optional<Move> only = execution_.forced(turn)) {
    apply(*only);
  } else {
    if (!resemble_read(turn, number)) take_newest(turn, number);
    if (turn.kind == Turn::Kind::read) resemble_write(number);
  }
  const bool wrote =
      graph.order().size() > before && graph[graph.order().back()].kind == EventKind::write;
  if (wrote && number != 0) writes_[number - 1] = graph.order().back();
}

/// Reads from the write of the step that the trace's step read from.
bool Guided::resemble_read(const Turn& turn, std::uint32_t number) {
  if (turn.kind != Turn::Kind::read || number == 0) return false;
  const std::uint32_t source = trace_.steps[number - 1].reads_from.value_or(0);
  return source != 0 && writes_[source - 1] != no_event && read(turn, writes_[source - 1]);
}

void Guided::take_newest(const Turn& turn, std::uint32_t number) {
  moves_.clear();
  execution_.moves(turn, moves_);
  if (turn.kind == Turn::Kind::choice) {
    const std::uint64_t wish = number == 0 ? 0 : trace_.steps[number - 1].choice;
    if (wish < moves_.size()) std::swap(moves_.front(), moves_[wish]);
  }
  for (const Move& move : moves_) {
    using enum Move::Kind;
    if (move.kind == conflict || move.kind == stuck || move.kind == cut) continue;
    if (apply(move)) return;
  }
}

}  // namespace heddle::explain
