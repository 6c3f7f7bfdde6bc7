#include "checker/states/state_search.hpp"

#include <algorithm>

namespace heddle::states {

StateSearch::StateSearch(explore::Execution& execution, explore::Listener& listener,
                         const Limits& limits)
    : listener_(listener),
      limits_(limits),
      locals_(execution.program()),
      machine_(locals_, limits.spurious),
      path_(execution, listener) {
  execution.program().remember_states(true);
  machine_.note_steps(&steps_);
}

/// What turns out to be shared makes steps visible that were not: then all begins anew.
bool StateSearch::run() {
  while (!search()) {
    if (!machine_.sharing_grew()) return false;
    machine_.forget_growth();
    listener_.on_restart();
  }
  return refusal_.empty();
}

bool StateSearch::refuse(const std::string& why) {
  refusal_ = why;
  return false;
}

bool StateSearch::search() {
  seen_.clear();
  frames_.clear();
  open_.clear();
  steps_.clear();
  lost_ = told_ = 0;
  if (!begin()) return false;
  while (!frames_.empty()) {
    if (!tick() || !advance()) return false;
  }
  return true;
}

bool StateSearch::tick() { return (++ticks_ & 0xfff) != 0 || listener_.on_tick(); }

bool StateSearch::begin() {
  const Outcome outcome = machine_.start();
  if (outcome == Outcome::refused) return refuse(machine_.unsupported());
  if (machine_.sharing_grew()) return false;
  if (outcome == Outcome::wrong || machine_.is_suspicious()) return tell_violation();
  return follow({});
}

/// The next step to be tried in a frame's state; false if there is none left.
bool StateSearch::next_step(Frame& frame, ThreadId* thread, Alternative* alternative) const {
  for (; frame.thread < machine_.threads(); ++frame.thread, frame.number = 0) {
    if (frame.is_private && frame.thread != frame.only) continue;
    if (frame.number >= machine_.alternatives(frame.thread)) continue;
    *thread = frame.thread;
    *alternative = machine_.alternative(frame.thread, frame.number++);
    return true;
  }
  // A thread that only goes round with its own business must not keep the others from theirs.
  if (!frame.is_private || !frame.leads_back) return false;
  frame.is_private = false;
  frame.thread = frame.number = 0;
  return next_step(frame, thread, alternative);
}

/// Tries the next step of the innermost state, or leaves it. Returns false if the search ends.
bool StateSearch::advance() {
  ThreadId thread = 0;
  Alternative alternative = 0;
  if (!next_step(frames_.back(), &thread, &alternative)) return close();
  Frame came;
  came.mark = machine_.mark();
  came.steps = steps_.size();
  const Outcome outcome = machine_.step(thread, alternative);
  if (outcome == Outcome::refused) return refuse(machine_.unsupported());
  if (machine_.sharing_grew()) return false;
  if (outcome == Outcome::blocked) {
    steps_.resize(came.steps);
    return true;
  }
  const bool is_far = steps_.size() > limits_.steps;
  if (outcome == Outcome::done && !machine_.is_suspicious() && !is_far) return follow(came);
  if (is_far) refusal_ = "a way has more than " + std::to_string(limits_.steps) + " steps";
  // What is wrong is wrong; what may be a race has to be looked at.
  const bool is_known = outcome == Outcome::wrong && told_ >= most_told;
  const bool goes_on = is_far || (is_known ? path_.count_violation() : tell_violation());
  frames_.back().leaves = true;
  machine_.undo(came.mark);
  steps_.resize(came.steps);
  return goes_on;
}

/// The present state, that a step came to, is a new one to be looked at, or one that is known.
bool StateSearch::follow(const Frame& came) {
  if (!has_room()) return false;
  bool fresh = false;
  Seen::Entry& entry = seen_.enter(machine_.fingerprint(), &fresh);
  if (fresh) {
    open_.push_back(machine_.fingerprint());
    entry.number = static_cast<std::uint32_t>(open_.size());
    Frame frame = came;
    frame.index = frame.low = entry.number;
    for (ThreadId thread = 0; thread < machine_.threads() && !frame.is_private; ++thread) {
      frame.is_private = machine_.alternatives(thread) > 0 && machine_.is_private(thread);
      frame.only = thread;
    }
    frames_.push_back(frame);
    return true;
  }
  Frame& from = frames_.back();
  if (entry.number == closed) {
    from.leaves = true;
  } else {
    from.leads_back = true;
    from.low = std::min(from.low, entry.number);
  }
  machine_.undo(came.mark);
  steps_.resize(came.steps);
  return true;
}

/// Whether one state more is within the limits.
bool StateSearch::has_room() {
  constexpr std::uint64_t mebibyte = 1 << 20;
  if (limits_.memory != 0 && seen_.next_bytes() > limits_.memory) {
    return refuse("the limit of " + std::to_string(limits_.memory / mebibyte) +
                  " MiB for states was reached");
  }
  return true;
}

/// All steps of the innermost state were tried. If it is the first of its component, and nothing
/// leads out of that, it is an end.
bool StateSearch::close() {
  const Frame frame = frames_.back();
  const bool is_first = frame.low == frame.index;
  bool goes_on = true;
  if (is_first && !frame.leaves) goes_on = tell_ending();
  frames_.pop_back();
  if (is_first) {
    for (; open_.size() >= frame.index; open_.pop_back()) seen_[open_.back()].number = closed;
  }
  if (!frames_.empty()) {
    Frame& from = frames_.back();
    from.low = std::min(from.low, frame.low);
    from.leaves |= is_first || frame.leaves;
    from.leads_back |= !is_first;
  }
  machine_.undo(frame.mark);
  steps_.resize(frame.steps);
  return goes_on;
}

/// A step was wrong, or may race. Rounds at the end stay: they may be what races.
bool StateSearch::tell_violation() {
  switch (path_.tell_violation(without_idle_rounds(steps_, {}))) {
    case Path::End::told:
      ++told_;
      return true;
    case Path::End::stopped:
      return false;
    case Path::End::nothing:
      ++lost_;
      return true;
  }
  return true;
}

/// Lets a thread of a component that nothing leads out of go round once more, if it comes back to
/// where it is: so its latest round reads the newest writes.
void StateSearch::go_round(ThreadId thread) {
  constexpr int most_steps = 1000;
  const Fingerprint here = machine_.fingerprint();
  const Machine::Mark mark = machine_.mark();
  const std::size_t steps = steps_.size();
  for (int i = 0; i < most_steps && machine_.alternatives(thread) > 0; ++i) {
    if (machine_.step(thread, 0) != Outcome::done || machine_.fingerprint() == here) break;
  }
  const bool is_back = machine_.fingerprint() == here;
  machine_.undo(mark);
  if (!is_back) steps_.resize(steps);
}

bool StateSearch::tell_ending() {
  std::vector<NodeId> ends;
  for (ThreadId thread = 0; thread < machine_.threads(); ++thread) {
    go_round(thread);
    ends.push_back(machine_.node_of(thread));
  }
  const Path::End end = path_.tell_ending(without_idle_rounds(steps_, ends));
  lost_ += end == Path::End::nothing ? 1 : 0;
  return end != Path::End::stopped;
}

}  // namespace heddle::states
