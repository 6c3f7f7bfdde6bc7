#include "checker/explore/explorer.hpp"

namespace heddle::explore {

using graph::Graph;

bool Explorer::run() {
  while (!stopped_ && tick()) {
    const Turn turn = execution_.next();
    const bool goes_on = turn.kind == Turn::Kind::none ? finish_execution() : step(turn);
    if (!stopped_ && !goes_on && !backtrack()) return true;
  }
  return false;
}

/// Now and then: looks at limits, and keeps memory bounded. Returns false if a limit was reached.
bool Explorer::tick() {
  if ((++steps_ & 0xfff) != 0) return true;
  std::vector<NodeId> needed;
  for (const Frame& frame : frames_) needed.push_back(frame.turn.node);
  execution_.forget_states(std::move(needed));
  return listener_.on_tick();
}

/// Adds the next event. Returns false if the branch ends here.
bool Explorer::step(const Turn& turn) {
  std::optional<Found> found;
  const std::size_t first = choices_.size();
  if (turn.kind == Turn::Kind::single) {
    execution_.add_single(turn, &found);
  } else if (bool flawed = false; !execution_.add_violation(turn, &found, &flawed)) {
    if (turn.kind == Turn::Kind::read) execution_.read_choices(turn, choices_);
    if (turn.kind == Turn::Kind::choice) execution_.value_choices(turn, choices_);
    if (turn.kind == Turn::Kind::write) {
      execution_.write_choices(turn, choices_);
      execution_.revisits(turn, choices_);
    }
    for (std::size_t i = first; i < choices_.size(); ++i) choices_[i].flawed = flawed;
    return open(turn, first);
  }
  if (found && !listener_.on_violation(execution_, *found)) stopped_ = true;
  return true;
}

/// Opens a frame for the choices from `first` on and takes the best one. Returns false if none is
/// possible.
bool Explorer::open(const Turn& turn, std::size_t first) {
  if (choices_.size() == first) {
    // Only the write of a read-modify-write has no place, if another one took it: a conflict.
    ++(turn.kind == Turn::Kind::write ? branches_.conflicts : branches_.lost);
    return false;
  }
  branches_.opened += choices_.size() - first - 1;
  if (choices_.size() == first + 1 && choices_[first].kind != Choice::Kind::revisit) {
    const Choice only = choices_.back();
    choices_.pop_back();
    return apply(turn, only);
  }
  Frame frame;
  frame.turn = turn;
  frame.order = execution_.graph().order().size();
  frame.mark = execution_.graph().mark();
  frame.first = frame.next = first;
  frame.end = choices_.size();
  frames_.push_back(frame);
  if (advance()) return true;
  choices_.resize(first);
  frames_.pop_back();
  return false;
}

/// Takes the next possible choice of the innermost frame, whose former choice is undone.
bool Explorer::advance() {
  const std::size_t depth = frames_.size() - 1;
  while (frames_[depth].next < frames_[depth].end) {
    const Choice choice = choices_[frames_[depth].next++];
    if (frames_[depth].kind == Frame::Kind::revisit ? apply_revisited(choice)
                                                    : apply(frames_[depth].turn, choice)) {
      return true;
    }
  }
  return false;
}

bool Explorer::apply(Turn turn, const Choice& choice) {
  if (choice.kind == Choice::Kind::revisit) return enter_revisit(choice);
  if (choice.kind == Choice::Kind::conflict) {
    turn.thread = choice.thread;
    turn.node = execution_.state_of(choice.thread);
  }
  std::optional<Found> found;
  if (!execution_.add(turn, choice, &found)) {
    ++(execution_.is_last_place(turn, choice) ? branches_.lost : branches_.refused);
    return false;
  }
  if (found && !listener_.on_violation(execution_, *found)) stopped_ = true;
  return true;
}

bool Explorer::backtrack() {
  while (!frames_.empty()) {
    undo(frames_.back());
    if (advance()) return true;
    // A revisit whose placements are used up gives its frame back to the write's other choices.
    const Frame frame = frames_.back();
    choices_.resize(frame.first);
    frames_.pop_back();
    if (frame.kind == Frame::Kind::revisit) leave_revisit(frame);
  }
  return false;
}

/// Takes away all that was added behind a frame.
void Explorer::undo(const Frame& frame) {
  Graph& graph = execution_.graph();
  const bool revisit = frame.kind == Frame::Kind::revisit;
  // The first event behind a revisit is its write, which the revisited read reads from.
  while (graph.order().size() > frame.order + (revisit ? 1 : 0)) graph.pop();
  if (graph.order().size() > frame.order) {
    if (graph.order()[frame.place] != frame.former) graph.detach_at(frame.place, frame.former);
    graph.pop();
  }
  graph.release(frame.mark);
}

/// Deletes what the revisit deletes and opens a frame for the write's places in the graph that is
/// left.
bool Explorer::enter_revisit(const Choice& choice) {
  Graph& graph = execution_.graph();
  const Turn turn = frames_.back().turn;
  const std::size_t place = choice.position;
  Frame frame;
  frame.kind = Frame::Kind::revisit;
  frame.turn = turn;
  frame.place = place;
  frame.former = choice.event;
  frame.spurious = choice.spurious;
  frame.saved = saved_.size();
  saved_.insert(saved_.end(), graph.order().begin() + static_cast<std::ptrdiff_t>(place),
                graph.order().end());
  const EventId before = graph.last(turn.thread);
  kept_.assign(1, choice.event);
  for (std::size_t i = saved_.size(); i-- > frame.saved;) {
    if (!graph.porf_before(saved_[i], before)) graph.detach(saved_[i]);
  }
  for (std::size_t i = frame.saved + 1; i < saved_.size(); ++i) {
    if (graph.porf_before(saved_[i], before)) kept_.push_back(saved_[i]);
  }
  graph.set_order(place, kept_.data(), kept_.size());
  frame.order = graph.order().size();
  frame.mark = graph.mark();
  frame.first = frame.next = choices_.size();
  execution_.write_choices(turn, choices_);
  const bool flawed = execution_.is_flawed(turn);
  for (std::size_t i = frame.first; i < choices_.size(); ++i) choices_[i].flawed = flawed;
  frame.end = choices_.size();
  if (frame.end == frame.first) {
    ++branches_.conflicts;
    leave_revisit(frame);
    return false;
  }
  branches_.opened += frame.end - frame.first - 1;
  frames_.push_back(frame);
  if (advance()) return true;
  choices_.resize(frame.first);
  frames_.pop_back();
  leave_revisit(frame);
  return false;
}

/// Places the write and lets the revisited read read it.
bool Explorer::apply_revisited(const Choice& choice) {
  const Frame frame = frames_.back();
  Graph& graph = execution_.graph();
  std::optional<Found> found;
  if (!execution_.add(frame.turn, choice, &found)) {
    ++branches_.refused;
    return false;
  }
  const EventId write = graph.order().back();
  if (!execution_.add_revisited(frame.former, frame.place, write, frame.spurious, &found)) {
    ++branches_.refused;
    undo(frame);
    return false;
  }
  if (found && !listener_.on_violation(execution_, *found)) stopped_ = true;
  return true;
}

/// Restores what enter_revisit() deleted.
void Explorer::leave_revisit(const Frame& frame) {
  Graph& graph = execution_.graph();
  const EventId before = graph.last(frame.turn.thread);
  for (std::size_t i = frame.saved; i < saved_.size(); ++i) {
    if (!graph.porf_before(saved_[i], before)) graph.attach(saved_[i]);
  }
  graph.set_order(frame.place, &saved_[frame.saved], saved_.size() - frame.saved);
  saved_.resize(frame.saved);
}

/// Reports the execution. Returns true if it opened another branch.
bool Explorer::finish_execution() {
  stopped_ = !report_end(execution_, listener_);
  ++branches_.executions;
  if (stopped_) return false;
  // Threads that wait for a lock get their turn against those that took it first.
  const std::size_t first = choices_.size();
  for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
    if (!execution_.ended(thread)) execution_.conflict_choices(thread, choices_);
  }
  if (choices_.size() == first) return false;
  ++branches_.opened;
  return open({.kind = Turn::Kind::read}, first);
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
