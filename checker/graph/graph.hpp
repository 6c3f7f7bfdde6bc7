// The execution graph: threads of events, reads-from, coherence order. Knows no verdict and no
// memory model.
#pragma once

#include <vector>

#include "checker/graph/event.hpp"

namespace heddle::graph {

/// One life of a modelled object.
struct Location {
  SlotId slot = 0;
  std::uint8_t shape = 0;          // that of its construction
  std::vector<EventId> coherence;  // its writes; the first is the construction
  EventId destroyed = no_event;
  std::uint32_t seq_cst_accesses = 0;
};

struct ThreadEvents {
  EventId created_by = no_event;  // the spawn; no_event for the main thread
  std::vector<EventId> events;
};

/// Part of a graph, closed under porf: the events up to a stamp, and a porf prefix. By default the
/// whole.
struct Extent {
  std::uint32_t stamp = ~std::uint32_t{0};
  const Tick* prefix = nullptr;

  bool contains(const Event& event) const {
    return event.stamp <= stamp || prefix[event.thread] >= event.index;
  }
};

/// Events are added last in their thread and removed last first, so that everything can be undone.
/// Event records live on a stack: what is removed by a revisit keeps its record until the stack is
/// cut back, and can be restored.
class Graph {
 public:
  Graph();

  const Event& operator[](EventId id) const { return events_[id]; }
  Event& at(EventId id) { return events_[id]; }
  const ClockStore& clocks() const { return clocks_; }
  ClockStore& clocks() { return clocks_; }

  std::uint32_t threads() const { return static_cast<std::uint32_t>(threads_.size()); }
  const ThreadEvents& thread(ThreadId id) const { return threads_[id]; }
  /// The thread's last event; if it has none, the spawn that created it (no_event for the main
  /// thread).
  EventId last(ThreadId id) const {
    const ThreadEvents& thread = threads_[id];
    return thread.events.empty() ? thread.created_by : thread.events.back();
  }
  EventId event_at(ThreadId thread, Tick index) const {
    return threads_[thread].events[index - 1u];
  }

  std::uint32_t locations() const { return static_cast<std::uint32_t>(locations_.size()); }
  const Location& location(LocationId id) const { return locations_[id]; }
  /// The object that lives (or lived last) at a slot; no_location if none was ever constructed
  /// there.
  LocationId location_at(SlotId slot) const {
    return slot < slots_.size() && slots_[slot].lives > 0
               ? slots_[slot].history[slots_[slot].lives - 1]
               : no_location;
  }
  /// The events that allocated and released the block at a slot, or no_event.
  EventId allocated(SlotId slot) const {
    return slot < slots_.size() ? slots_[slot].allocated : no_event;
  }
  EventId released(SlotId slot) const {
    return slot < slots_.size() ? slots_[slot].released : no_event;
  }
  std::uint32_t live_blocks() const { return live_blocks_; }
  std::uint32_t violations() const { return violations_; }
  /// Accesses that were violations when they were added; a revisit may have deleted what they
  /// conflict with.
  std::uint32_t flawed_accesses() const { return flawed_accesses_; }
  std::uint32_t failed_assumptions() const { return failed_assumptions_; }
  std::uint32_t seq_cst_fences() const { return seq_cst_fences_; }
  /// Objects that have seq_cst accesses.
  std::uint32_t seq_cst_objects() const { return seq_cst_objects_; }

  /// All events in order of addition.
  const std::vector<EventId>& order() const { return order_; }

  /// Adds `event` last in its thread; a write goes to event.coherence (later writes move up by
  /// one). `slot` is the object's or block's where the kind has one. Returns its number. A spawn's
  /// value is the new thread's number.
  EventId append(const Event& event, SlotId slot = 0);
  /// As append, but takes over a place in order(), and event.stamp is set already: for a revisited
  /// read.
  EventId append_at(std::size_t place, const Event& event);

  /// Takes the last event in order() away and forgets its record.
  void pop();
  /// Takes an event away that is last in its thread but not in order(), which stays as it is. Keeps
  /// the record.
  void detach(EventId id);
  /// Puts back what detach() took, in opposite sequence.
  void attach(EventId id);
  /// Detaches the event that append_at() put at a place in order(), which `former` gets back.
  void detach_at(std::size_t place, EventId former);
  void set_order(std::size_t from, const EventId* events, std::size_t count);

  bool before(const Tick* clock, EventId id) const {
    return clock[events_[id].thread] >= events_[id].index;
  }
  /// Whether `a` is (po + rf)-before `b` or the same.
  bool porf_before(EventId a, EventId b) const { return before(clocks_[events_[b].porf], a); }
  bool happens_before(EventId a, EventId b) const { return before(clocks_[events_[b].hb], a); }

  /// Whether an RMW's write already follows the write at this coherence position and reads from it.
  bool claimed(LocationId location, std::uint32_t position) const;

  struct Mark {
    std::uint32_t events, clocks;
  };
  Mark mark() const { return {static_cast<std::uint32_t>(events_.size()), clocks_.mark()}; }
  /// Forgets all records made since `mark`; none of them may be in the graph any more.
  void release(Mark mark) {
    HEDDLE_ASSERT(mark.events <= events_.size());
    HEDDLE_ASSERT(order_.empty() || order_.back() < mark.events);
    events_.resize(mark.events);
    clocks_.release(mark.clocks);
  }

 private:
  struct Slot {
    std::vector<LocationId> history;  // one location per life; reused when a life is undone
    std::uint32_t lives = 0;
    EventId allocated = no_event;
    EventId released = no_event;
  };

  EventId add(const Event& prototype, std::uint32_t stamp, SlotId slot);
  void link(EventId id);
  void unlink(EventId id);
  void place(Event& event, EventId id);
  void count(const Event& event, std::uint32_t step);
  void begin_life(Event& event, SlotId slot);

  std::vector<Event> events_;
  ClockStore clocks_;
  std::vector<ThreadEvents> threads_;
  std::vector<Location> locations_;
  std::vector<Slot> slots_;
  std::vector<EventId> order_;
  std::uint32_t live_blocks_ = 0;
  std::uint32_t violations_ = 0;
  std::uint32_t flawed_accesses_ = 0;
  std::uint32_t failed_assumptions_ = 0;
  std::uint32_t seq_cst_fences_ = 0;
  std::uint32_t seq_cst_objects_ = 0;
};

}  // namespace heddle::graph
