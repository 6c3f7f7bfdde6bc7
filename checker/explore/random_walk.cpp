#include "checker/explore/random_walk.hpp"

#include <algorithm>

namespace heddle::explore {

bool RandomWalk::run() {
  const Execution::Mark empty = execution_.mark();
  for (; walked_ < count_; ++walked_) {
    const bool goes_on = walk();
    if (!goes_on) return false;
    execution_.undo(empty);
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
  moves_.clear();
  execution_.moves(turn, moves_);
  std::erase_if(moves_, [](const Move& move) { return move.kind == Move::Kind::conflict; });
  if (moves_.size() > 1 && moves_.back().kind == Move::Kind::cut) moves_.pop_back();
  const Move wanted = moves_[below(moves_.size())];
  Applied applied = execution_.apply(wanted);
  // The newest place is always possible, others may not be admitted.
  if (!applied.admitted) applied = execution_.apply(moves_.front());
  if (applied.found) return listener_.on_violation(execution_, *applied.found);
  const graph::Event& event = execution_.graph()[execution_.graph().order().back()];
  const bool is_half_done = event.kind == graph::EventKind::read && event.rmw;
  return !is_half_done || step({Turn::Kind::write, turn.thread, turn.node});
}

}  // namespace heddle::explore
