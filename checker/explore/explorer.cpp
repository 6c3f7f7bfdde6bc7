#include "checker/explore/explorer.hpp"

namespace heddle::explore {

bool Explorer::run() {
  while (!stopped_ && tick()) {
    const Turn turn = execution_.next();
    bool goes_on = false;
    if (turn.kind == Turn::Kind::none) {
      goes_on = finish_execution();
    } else if (turn.kind == Turn::Kind::single) {
      goes_on = take(*execution_.forced(turn));  // one move: it need not go on the stack
    } else {
      const std::size_t first = moves_.size();
      execution_.moves(turn, moves_);
      // A write that is a violation ends its thread in place of happening: it revisits nothing.
      const bool happens = moves_.size() == first || moves_[first].kind != Move::Kind::violation;
      if (happens) execution_.revisits(turn, moves_);
      goes_on = open(first, turn.kind);
    }
    if (!stopped_ && !goes_on && !backtrack()) return true;
  }
  return false;
}

/// Now and then: looks at limits, and keeps memory bounded. Returns false if a limit was reached.
bool Explorer::tick() {
  if ((++steps_ & 0xfff) != 0) return true;
  std::vector<NodeId> needed;
  for (const Move& move : moves_) needed.push_back(move.node);
  execution_.forget_states(std::move(needed));
  return listener_.on_tick();
}

/// Takes the best of the moves from `first` on; if there are others, opens a frame for them.
/// Returns false if none is possible: the branch ends here.
bool Explorer::open(std::size_t first, Turn::Kind turn) {
  if (moves_.size() == first) {
    // Only the write of a read-modify-write has no place, if another one took it: a conflict.
    ++(turn == Turn::Kind::write ? branches_.conflicts : branches_.lost);
    return false;
  }
  branches_.opened += moves_.size() - first - 1;
  if (moves_.size() == first + 1) {
    const Move only = moves_.back();
    moves_.pop_back();
    return take(only);
  }
  frames_.push_back({execution_.mark(), first, moves_.size(), first});
  if (advance()) return true;
  moves_.resize(first);
  frames_.pop_back();
  return false;
}

/// Takes the next possible move of the innermost frame, whose former move is undone.
bool Explorer::advance() {
  Frame& frame = frames_.back();
  while (frame.next < frame.end) {
    const Move move = moves_[frame.next++];
    if (take(move)) return true;
  }
  return false;
}

bool Explorer::take(const Move& move) {
  const Applied applied = execution_.apply(move);
  if (!applied.admitted) {
    ++(execution_.is_last_place(move) ? branches_.lost : branches_.refused);
    return false;
  }
  if (applied.found && !listener_.on_violation(execution_, *applied.found)) stopped_ = true;
  return true;
}

bool Explorer::backtrack() {
  while (!frames_.empty()) {
    execution_.undo(frames_.back().mark);
    if (advance()) return true;
    moves_.resize(frames_.back().first);
    frames_.pop_back();
  }
  return false;
}

/// Reports the execution. Returns true if it opened another branch.
bool Explorer::finish_execution() {
  stopped_ = !report_end(execution_, listener_);
  ++branches_.executions;
  if (stopped_) return false;
  // Threads that wait for a lock get their turn against those that took it first.
  const std::size_t first = moves_.size();
  for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
    if (!execution_.ended(thread)) execution_.conflict_moves(thread, moves_);
  }
  if (moves_.size() == first) return false;
  ++branches_.opened;
  return open(first, Turn::Kind::read);
}

double Explorer::explored() const {
  double done = 0;
  double share = 1;
  for (const Frame& frame : frames_) {
    const auto count = static_cast<double>(frame.end - frame.first);
    done += share * static_cast<double>(frame.next - frame.first - 1) / count;
    share /= count;
  }
  return done;
}

}  // namespace heddle::explore
