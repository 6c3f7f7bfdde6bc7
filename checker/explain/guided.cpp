#include "checker/explain/guided.hpp"

#include <utility>

#include "checker/explore/record.hpp"

namespace heddle::explain {

using explore::Choice;
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
  return execution_.add(turn, {.kind = Choice::Kind::read, .event = write}, &found_);
}

/// The second half of a read-modify-write of which the first was just added.
void Guided::resemble_write(std::uint32_t number) {
  const graph::Graph& graph = execution_.graph();
  const graph::Event read = graph[graph.order().back()];
  if (!read.rmw || read.kind != EventKind::read) return;
  choices_.clear();
  const Turn turn{Turn::Kind::write, read.thread, read.node};
  execution_.write_choices(turn, choices_);
  if (choices_.empty() || !execution_.add(turn, choices_.front(), &found_)) return;
  if (number != 0) writes_[number - 1] = graph.order().back();
}

void Guided::resemble(std::uint32_t number) {
  const Step& step = trace_.steps[number - 1];
  if (step.thread >= execution_.graph().threads() || execution_.ended(step.thread)) return;
  const Turn turn = execution_.turn_of(step.thread);
  if (turn.kind == Turn::Kind::none) return;
  const runtime::Node& node = execution_.program()[turn.node];
  const bool same =
      explore::operation_name(node) == step.operation && node.op.site.line == step.line;
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
  bool flawed = false;
  if (turn.kind == Turn::Kind::single) {
    execution_.add_single(turn, &found_);
  } else if (!execution_.add_violation(turn, &found_, &flawed)) {
    if (!resemble_read(turn, number)) take_newest(turn, number, flawed);
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

void Guided::take_newest(const Turn& turn, std::uint32_t number, bool flawed) {
  choices_.clear();
  if (turn.kind == Turn::Kind::read) execution_.read_choices(turn, choices_);
  if (turn.kind == Turn::Kind::write) execution_.write_choices(turn, choices_);
  if (turn.kind == Turn::Kind::choice) {
    execution_.value_choices(turn, choices_);
    const std::uint64_t wish = number == 0 ? 0 : trace_.steps[number - 1].choice;
    if (wish < choices_.size()) std::swap(choices_.front(), choices_[wish]);
  }
  for (Choice& choice : choices_) {
    if (choice.kind == Choice::Kind::conflict || choice.kind == Choice::Kind::stuck) continue;
    choice.flawed = flawed;
    if (execution_.add(turn, choice, &found_)) return;
  }
}

}  // namespace heddle::explain
