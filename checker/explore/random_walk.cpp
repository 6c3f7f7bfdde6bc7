#include "checker/explore/random_walk.hpp"

#include <algorithm>

namespace heddle::explore {

bool RandomWalk::run() {
  const auto mark = execution_.graph().mark();
  for (; walked_ < count_; ++walked_) {
    const bool goes_on = walk();
    if (!goes_on) return false;
    graph::Graph& graph = execution_.graph();
    while (!graph.order().empty()) graph.pop();
    graph.release(mark);
    execution_.forget_states({});
  }
  return true;
}

/// One execution.
bool RandomWalk::walk() {
  for (Turn turn = choose_turn(); turn.kind != Turn::Kind::none; turn = choose_turn()) {
    if (!listener_.on_tick() || !step(turn)) return false;
  }
  return report_end(execution_, listener_);
}

Turn RandomWalk::choose_turn() {
  turns_.clear();
  for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
    if (execution_.ended(thread)) continue;
    const Turn turn = execution_.turn_of(thread);
    if (turn.kind != Turn::Kind::none) turns_.push_back(turn);
  }
  return turns_.empty() ? Turn{} : turns_[below(turns_.size())];
}

bool RandomWalk::step(const Turn& turn) {
  std::optional<Found> found;
  if (turn.kind == Turn::Kind::single) {
    execution_.add_single(turn, &found);
  } else if (bool flawed = false; !execution_.add_violation(turn, &found, &flawed)) {
    choices_.clear();
    if (turn.kind == Turn::Kind::read) execution_.read_choices(turn, choices_);
    if (turn.kind == Turn::Kind::write) execution_.write_choices(turn, choices_);
    if (turn.kind == Turn::Kind::choice) execution_.value_choices(turn, choices_);
    std::erase_if(choices_,
                  [](const Choice& choice) { return choice.kind == Choice::Kind::conflict; });
    // The newest place is always possible, others may not be admitted.
    Choice wanted = choices_[below(choices_.size())];
    for (Choice& choice : choices_) choice.flawed = flawed;
    wanted.flawed = flawed;
    if (!execution_.add(turn, wanted, &found)) execution_.add(turn, choices_.front(), &found);
    const graph::Event& event = execution_.graph()[execution_.graph().order().back()];
    if (!found && event.kind == graph::EventKind::read && event.rmw) {
      return step({Turn::Kind::write, turn.thread, turn.node});
    }
  }
  return !found || listener_.on_violation(execution_, *found);
}

}  // namespace heddle::explore
