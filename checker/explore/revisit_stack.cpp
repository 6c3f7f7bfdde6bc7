#include "checker/explore/revisit_stack.hpp"

namespace heddle::explore {

void RevisitStack::enter(const Move& revisit) {
  const std::size_t place = revisit.position;
  HEDDLE_ASSERT(place < graph_.order().size() && graph_.order()[place] == revisit.event);
  HEDDLE_ASSERT(!is_placing());
  const std::size_t saved = saved_.size();
  saved_.insert(saved_.end(), graph_.order().begin() + static_cast<std::ptrdiff_t>(place),
                graph_.order().end());
  const EventId before = graph_.last(revisit.thread);
  for (std::size_t i = saved_.size(); i-- > saved;) {
    if (!graph_.porf_before(saved_[i], before)) graph_.detach(saved_[i]);
  }
  kept_.assign(1, revisit.event);
  for (std::size_t i = saved + 1; i < saved_.size(); ++i) {
    if (graph_.porf_before(saved_[i], before)) kept_.push_back(saved_[i]);
  }
  graph_.set_order(place, kept_.data(), kept_.size());
  open_.push_back({.move = revisit, .saved = saved, .order = graph_.order().size()});
}

void RevisitStack::unplace() {
  Revisit& revisit = open_.back();
  if (!revisit.placed) return;
  // The first event behind the restricted graph is the write, which the revisited read reads from.
  while (graph_.order().size() > revisit.order + 1) graph_.pop();
  graph_.detach_at(revisit.move.position, revisit.move.event);
  graph_.pop();
  revisit.placed = false;
}

void RevisitStack::leave() {
  HEDDLE_ASSERT(!open_.empty());
  unplace();
  const Revisit revisit = open_.back();
  open_.pop_back();
  const EventId before = graph_.last(revisit.move.thread);
  for (std::size_t i = revisit.saved; i < saved_.size(); ++i) {
    if (!graph_.porf_before(saved_[i], before)) graph_.attach(saved_[i]);
  }
  graph_.set_order(revisit.move.position, &saved_[revisit.saved], saved_.size() - revisit.saved);
  saved_.resize(revisit.saved);
}

}  // namespace heddle::explore
