#include "checker/property/access.hpp"

#include <tuple>

namespace heddle::property {

using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::Location;
using graph::no_event;
using graph::no_location;

namespace {

bool ordered(const Graph& graph, graph::ThreadId thread, EventId event) {
  const EventId last = graph.last(thread);
  return last != no_event && graph.happens_before(event, last);
}

std::optional<Finding> check_shape(const Location& location, const Attempt& attempt) {
  if (attempt.shape == 0 || attempt.shape == location.shape) return std::nullopt;
  return Finding{ViolationKind::misuse, location.coherence.front()};
}

std::optional<Finding> check_alive(const Graph& graph, const Attempt& attempt) {
  const graph::LocationId id = graph.location_at(attempt.slot);
  if (id == no_location) return Finding{ViolationKind::use_after_free, no_event};
  const Location& location = graph.location(id);
  if (location.destroyed != no_event) {
    return Finding{ViolationKind::use_after_free, location.destroyed};
  }
  if (!ordered(graph, attempt.thread, location.coherence.front())) {
    return Finding{ViolationKind::data_race, location.coherence.front()};
  }
  return check_shape(location, attempt);
}

bool comes_first(const Event& a, const Event& b) {
  return std::tie(a.thread, a.index) < std::tie(b.thread, b.index);
}

/// The first access to the object that is not ordered before the thread's next event, or no_event.
/// Of the readers of one write it is the lowest in its thread, and of the lowest such thread: not
/// that which was added first, so that it is the same one in each part of the graph that has it. A
/// replay has but a part.
/// `plain`: only plain ones count.
EventId unordered_access(const Graph& graph, graph::ThreadId thread, const Location& location,
                         bool reads_too, bool plain = false) {
  for (const EventId write : location.coherence) {
    if (!(plain && graph[write].atomic) && !ordered(graph, thread, write)) return write;
    if (!reads_too) continue;
    EventId first = no_event;
    for (EventId reader = graph[write].first_reader; reader != no_event;
         reader = graph[reader].next_reader) {
      // A failed attempt did not happen: the thread came later.
      if (graph[reader].kind == EventKind::failed_attempt) continue;
      if (plain && graph[reader].atomic) continue;
      if (ordered(graph, thread, reader)) continue;
      if (first == no_event || comes_first(graph[reader], graph[first])) first = reader;
    }
    if (first != no_event) return first;
  }
  return no_event;
}

/// Whether the thread's latest lock or unlock of the mutex was a lock.
bool holds(const Graph& graph, graph::ThreadId thread, const Location& mutex) {
  const Event* latest = nullptr;
  for (const EventId id : mutex.coherence) {
    const Event& event = graph[id];
    if (event.thread != thread || event.initial || !event.atomic) continue;
    if (latest == nullptr || latest->index < event.index) latest = &event;
  }
  return latest != nullptr && latest->value != 0;
}

}  // namespace

namespace {

/// Whether two accesses of one object must be ordered by happens-before and are not.
bool conflict(const Graph& graph, EventId a, EventId b) {
  const Event& first = graph[a];
  const Event& second = graph[b];
  if (a == b || second.kind == EventKind::failed_attempt) return false;
  const bool ends = first.kind == EventKind::destroy || second.kind == EventKind::destroy;
  const bool writes = first.kind == EventKind::write || second.kind == EventKind::write;
  const bool plain = !first.atomic || !second.atomic;
  if (!ends && !(writes && plain)) return false;
  if (graph.happens_before(a, b)) return first.kind == EventKind::destroy;
  if (graph.happens_before(b, a)) return second.kind == EventKind::destroy;
  return true;
}

}  // namespace

bool is_violation(const Graph& graph, EventId access) {
  const Event& event = graph[access];
  const bool reads = event.kind == EventKind::read || event.kind == EventKind::stuck;
  if (reads && graph[event.reads_from].uninitialised) return true;
  const Location& location = graph.location(event.location);
  if (location.destroyed != no_event && conflict(graph, access, location.destroyed)) return true;
  for (const EventId write : location.coherence) {
    if (conflict(graph, access, write)) return true;
    for (EventId reader = graph[write].first_reader; reader != no_event;
         reader = graph[reader].next_reader) {
      if (conflict(graph, access, reader)) return true;
    }
  }
  return false;
}

std::optional<Finding> check_atomic(const Graph& graph, const Attempt& attempt) {
  const auto dead = check_alive(graph, attempt);
  if (dead || !attempt.mixed) return dead;
  const Location& location = graph.location(graph.location_at(attempt.slot));
  const EventId other = unordered_access(graph, attempt.thread, location, attempt.writes, true);
  if (other != no_event) return Finding{ViolationKind::data_race, other};
  return std::nullopt;
}

std::optional<Finding> check_plain(const Graph& graph, const Attempt& attempt) {
  if (const auto dead = check_alive(graph, attempt)) return dead;
  const Location& location = graph.location(graph.location_at(attempt.slot));
  const EventId other = unordered_access(graph, attempt.thread, location, attempt.writes);
  if (other != no_event) return Finding{ViolationKind::data_race, other};
  if (!attempt.writes && graph[location.coherence.back()].uninitialised) {
    return Finding{ViolationKind::uninitialised_read, location.coherence.back()};
  }
  return std::nullopt;
}

std::optional<Finding> check_construct(const Graph& graph, const Attempt& attempt) {
  const graph::LocationId id = graph.location_at(attempt.slot);
  if (id == no_location) return std::nullopt;
  const Location& former = graph.location(id);
  if (former.destroyed == no_event) return Finding{ViolationKind::misuse, former.coherence.front()};
  if (!ordered(graph, attempt.thread, former.destroyed)) {
    return Finding{ViolationKind::use_after_free, former.destroyed};
  }
  return std::nullopt;
}

std::optional<Finding> check_destroy(const Graph& graph, const Attempt& attempt, bool mutex) {
  const graph::LocationId id = graph.location_at(attempt.slot);
  if (id == no_location) return Finding{ViolationKind::double_free, no_event};
  const Location& location = graph.location(id);
  if (location.destroyed != no_event) {
    return Finding{ViolationKind::double_free, location.destroyed};
  }
  if (const auto mistaken = check_shape(location, attempt)) return mistaken;
  if (mutex && graph[location.coherence.back()].value != 0) {
    return Finding{ViolationKind::destroyed_locked, location.coherence.back()};
  }
  // Of a mutex the latest access comes behind all others. Without it, it would seem to be held.
  const EventId latest = location.coherence.back();
  const EventId other = mutex && !ordered(graph, attempt.thread, latest)
                            ? latest
                            : unordered_access(graph, attempt.thread, location, true);
  if (other != no_event) return Finding{ViolationKind::use_after_free, other};
  return std::nullopt;
}

std::optional<Finding> check_release(const Graph& graph, const Attempt& attempt) {
  const EventId allocated = graph.allocated(attempt.slot);
  const EventId released = graph.released(attempt.slot);
  if (released != no_event) return Finding{ViolationKind::double_free, released};
  if (allocated == no_event) return Finding{ViolationKind::misuse, no_event};
  return std::nullopt;
}

namespace {

/// Whether the finding is there only because another thread ended the object's life at a time that
/// nothing orders. A part of the graph need not have that end.
bool is_by_other_thread(const Graph& graph, const Attempt& attempt,
                        const std::optional<Finding>& dead) {
  return dead && dead->kind == ViolationKind::use_after_free && dead->other != no_event &&
         !ordered(graph, attempt.thread, dead->other);
}

/// What is wrong with a use of a mutex: `misuse`, where the thread holds it although it must not,
/// or does not although it must. That shows in each part of the graph that has the use, so it comes
/// before what does not: the thread has to end in all of them.
std::optional<Finding> check_mutex(const Graph& graph, const Attempt& attempt, bool must_hold,
                                   ViolationKind misuse) {
  const auto dead = check_atomic(graph, attempt);
  if (dead && !is_by_other_thread(graph, attempt, dead)) return dead;
  const Location& mutex = graph.location(graph.location_at(attempt.slot));
  if (holds(graph, attempt.thread, mutex) == must_hold) return dead;
  return Finding{misuse, mutex.coherence.back()};
}

}  // namespace

std::optional<Finding> check_lock(const Graph& graph, const Attempt& attempt) {
  return check_mutex(graph, attempt, false, ViolationKind::locked_twice);
}

std::optional<Finding> check_unlock(const Graph& graph, const Attempt& attempt) {
  return check_mutex(graph, attempt, true, ViolationKind::unlocked_unowned);
}

}  // namespace heddle::property
