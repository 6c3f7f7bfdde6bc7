#include "checker/explore/explorer.hpp"

#include "checker/graph/assert.hpp"

namespace heddle::explore {

void Branches::add(const Branches& part) {
  opened += part.opened;
  executions += part.executions;
  refused += part.refused;
  conflicts += part.conflicts;
  lost += part.lost;
}

void Explorer::start_at(const Position& position) {
  if (position.is_beginning()) return;
  branches_.opened = 0;  // whoever came by there counted what it opened
  for (const Choice& choice : position.choices()) {
    if (!frames_.empty()) {
      const Applied applied = execution_.apply(moves_[frames_.back().next - 1]);
      if (!applied.admitted) throw WrongPosition();
    }
    const std::size_t first = walk_to_choice();
    if (moves_.size() - first != choice.moves) throw WrongPosition();
    frames_.push_back(
        {execution_.mark(), first, first + choice.end, first + choice.taken + 1, choice.moves});
  }
  walked_ = execution_.events();
  at_end_ = true;
}

/// Goes on, on the way to a position, to where there are several moves: they are on the stack from
/// the result on.
std::size_t Explorer::walk_to_choice() {
  const std::size_t first = moves_.size();
  for (;;) {
    collect(execution_.next());
    if (moves_.size() > first + 1) return first;
    if (moves_.size() != first + 1) throw WrongPosition();
    const Move only = moves_.back();
    moves_.pop_back();
    if (!execution_.apply(only).admitted) throw WrongPosition();
  }
}

bool Explorer::run() {
  has_paused_ = false;
  while (!stopped_ && tick()) {
    if (at_end_) {
      if (!backtrack()) return true;
      at_end_ = false;
    } else if (!step()) {
      at_end_ = true;
      if (stopped_ || !pauses_) continue;
      pauses_ = false;
      has_paused_ = true;
      return false;
    }
  }
  return false;
}

/// Takes the next step of the present branch, or tells of its end. Returns false if it went no
/// further.
bool Explorer::step() {
  const Turn turn = execution_.next();
  if (turn.kind == Turn::Kind::none) return finish_execution();
  if (turn.kind == Turn::Kind::single) {
    return take(*execution_.forced(turn));  // one move: it need not go on the stack
  }
  const std::size_t first = moves_.size();
  collect(turn);
  return open(first, turn.kind);
}

/// Appends all moves that there are at the present point.
void Explorer::collect(const Turn& turn) {
  if (turn.kind == Turn::Kind::none) {
    // Threads that wait for a lock get their turn against those that took it first.
    for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
      if (!execution_.ended(thread)) execution_.conflict_moves(thread, moves_);
    }
    return;
  }
  const std::size_t first = moves_.size();
  execution_.moves(turn, moves_);
  // A write that is a violation ends its thread in place of happening: it revisits nothing.
  const bool happens = moves_.size() == first || moves_[first].kind != Move::Kind::violation;
  if (happens) execution_.revisits(turn, moves_);
}

Position Explorer::position() const {
  std::vector<Choice> choices;
  for (const Frame& frame : frames_) {
    choices.push_back({static_cast<std::uint32_t>(frame.next - frame.first - 1),
                       static_cast<std::uint32_t>(frame.end - frame.first), frame.moves});
  }
  return Position(std::move(choices));
}

Position Explorer::split() {
  Position rest = position();
  Position given = rest.split();
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    frames_[i].end = frames_[i].first + rest.choices()[i].end;
  }
  return given;
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
  const auto count = static_cast<std::uint32_t>(moves_.size() - first);
  frames_.push_back({execution_.mark(), first, moves_.size(), first, count});
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
  const std::size_t first = moves_.size();
  collect({});
  if (moves_.size() == first) return false;
  ++branches_.opened;
  return open(first, Turn::Kind::read);
}

double Explorer::explored() const {
  double done = 0;
  double share = 1;
  for (const Frame& frame : frames_) {
    const auto count = static_cast<double>(frame.moves);
    done += share * static_cast<double>(frame.next - frame.first - 1) / count;
    share /= count;
  }
  return done;
}

}  // namespace heddle::explore
