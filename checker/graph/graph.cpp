#include "checker/graph/graph.hpp"

#include <limits>

namespace heddle::graph {

Graph::Graph() : events_(1), threads_(1), locations_(1) {}

EventId Graph::append(const Event& event, SlotId slot) {
  const EventId id = add(event, order_.empty() ? 1 : events_[order_.back()].stamp + 1, slot);
  order_.push_back(id);
  return id;
}

EventId Graph::append_at(std::size_t place, const Event& event) {
  HEDDLE_ASSERT(place < order_.size());
  const EventId id = add(event, event.stamp, 0);
  order_[place] = id;
  return id;
}

EventId Graph::add(const Event& prototype, std::uint32_t stamp, SlotId slot) {
  HEDDLE_ASSERT(prototype.thread < threads_.size());
  HEDDLE_ASSERT(threads_[prototype.thread].events.size() < std::numeric_limits<Tick>::max());
  HEDDLE_ASSERT(prototype.reads_from < events_.size());
  const auto id = static_cast<EventId>(events_.size());
  const EventId before = last(prototype.thread);
  events_.push_back(prototype);
  Event& event = events_.back();
  event.stamp = stamp;
  event.index = static_cast<Tick>(threads_[event.thread].events.size() + 1);
  event.porf = clocks_.copy(before == no_event ? 0 : events_[before].porf);
  clocks_.at(event.porf)[event.thread] = event.index;
  if (event.reads_from != no_event) clocks_.join(event.porf, events_[event.reads_from].porf);
  switch (event.kind) {
    case EventKind::write:
      if (event.initial) begin_life(event, slot);
      break;
    case EventKind::allocate:
    case EventKind::release:
      event.location = slot;  // blocks are known by their slot
      if (slots_.size() <= slot) slots_.resize(slot + 1);
      break;
    case EventKind::spawn: {
      const auto child = static_cast<ThreadId>(event.value);
      if (threads_.size() <= child) threads_.resize(child + 1);
      clocks_.widen(child);
      break;
    }
    default:
      break;
  }
  link(id);
  return id;
}

void Graph::begin_life(Event& event, SlotId slot) {
  if (slots_.size() <= slot) slots_.resize(slot + 1);
  Slot& home = slots_[slot];
  if (home.history.size() == home.lives) {
    home.history.push_back(static_cast<LocationId>(locations_.size()));
    locations_.push_back({.slot = slot, .coherence = {}, .destroyed = no_event});
  }
  event.location = home.history[home.lives];
  locations_[event.location].coherence.clear();
}

void Graph::place(Event& event, EventId id) {
  auto& coherence = locations_[event.location].coherence;
  const std::uint32_t position = event.coherence;
  HEDDLE_ASSERT(position <= coherence.size());
  coherence.insert(coherence.begin() + position, id);
  for (std::size_t i = position + 1; i < coherence.size(); ++i) events_[coherence[i]].coherence++;
}

void Graph::count(const Event& event, std::uint32_t step) {
  if (event.kind == EventKind::end) {
    (event.violation ? violations_ : failed_assumptions_) += step;
  } else if (event.violation) {
    flawed_accesses_ += step;
  }
  if (event.order != std::memory_order_seq_cst) return;
  if (event.kind == EventKind::fence) seq_cst_fences_ += step;
  if (event.kind != EventKind::read && event.kind != EventKind::write) return;
  std::uint32_t& accesses = locations_[event.location].seq_cst_accesses;
  if (accesses == 0) ++seq_cst_objects_;
  accesses += step;
  if (accesses == 0) --seq_cst_objects_;
}

/// Makes the event's effect on everything but itself. Undone by unlink().
void Graph::link(EventId id) {
  Event& event = events_[id];
  // It comes last in its thread, and is not in the graph yet.
  HEDDLE_ASSERT(threads_[event.thread].events.size() + 1 == event.index);
  threads_[event.thread].events.push_back(id);
  count(event, 1);
  switch (event.kind) {
    case EventKind::write:
      if (event.initial) {
        slots_[locations_[event.location].slot].lives++;
        locations_[event.location].shape = event.shape;
      }
      place(event, id);
      break;
    case EventKind::read:
    case EventKind::failed_attempt:
    case EventKind::stuck:
      event.next_reader = events_[event.reads_from].first_reader;
      events_[event.reads_from].first_reader = id;
      break;
    case EventKind::destroy:
      locations_[event.location].destroyed = id;
      break;
    case EventKind::allocate:
      slots_[event.location].allocated = id;
      live_blocks_++;
      break;
    case EventKind::release:
      slots_[event.location].released = id;
      live_blocks_--;
      break;
    case EventKind::spawn:
      threads_[event.value].created_by = id;
      break;
    default:
      break;
  }
}

void Graph::unlink(EventId id) {
  Event& event = events_[id];
  HEDDLE_ASSERT(event.index == threads_[event.thread].events.size());
  HEDDLE_ASSERT(threads_[event.thread].events.back() == id);
  threads_[event.thread].events.pop_back();
  count(event, ~std::uint32_t{0});
  switch (event.kind) {
    case EventKind::write: {
      auto& coherence = locations_[event.location].coherence;
      HEDDLE_ASSERT(event.coherence < coherence.size() && coherence[event.coherence] == id);
      coherence.erase(coherence.begin() + event.coherence);
      for (std::size_t i = event.coherence; i < coherence.size(); ++i) {
        events_[coherence[i]].coherence--;
      }
      if (event.initial) slots_[locations_[event.location].slot].lives--;
      break;
    }
    case EventKind::read:
    case EventKind::failed_attempt:
    case EventKind::stuck: {
      EventId* link = &events_[event.reads_from].first_reader;
      while (*link != id) link = &events_[*link].next_reader;
      *link = event.next_reader;
      break;
    }
    case EventKind::destroy:
      locations_[event.location].destroyed = no_event;
      break;
    case EventKind::allocate:
      slots_[event.location].allocated = no_event;
      live_blocks_--;
      break;
    case EventKind::release:
      slots_[event.location].released = no_event;
      live_blocks_++;
      break;
    case EventKind::spawn:
      threads_[event.value].created_by = no_event;
      break;
    default:
      break;
  }
}

void Graph::pop() {
  HEDDLE_ASSERT(!order_.empty());
  unlink(order_.back());
  order_.pop_back();
}

void Graph::detach(EventId id) { unlink(id); }

void Graph::attach(EventId id) { link(id); }

void Graph::detach_at(std::size_t place, EventId former) {
  HEDDLE_ASSERT(place < order_.size() && former < events_.size());
  unlink(order_[place]);
  order_[place] = former;
}

void Graph::set_order(std::size_t from, const EventId* events, std::size_t count) {
  HEDDLE_ASSERT(from <= order_.size());
  order_.resize(from);
  order_.insert(order_.end(), events, events + count);
}

bool Graph::claimed(LocationId location, std::uint32_t position) const {
  const auto& coherence = locations_[location].coherence;
  if (position + 1 >= coherence.size()) return false;
  const Event& next = events_[coherence[position + 1]];
  return next.rmw && next.reads_from == coherence[position];
}

}  // namespace heddle::graph
