// What can be wrong with an access, a release or an unlock, seen from the graph that it is about to
// join.
#pragma once

#include <optional>

#include "checker/graph/graph.hpp"
#include "checker/property/violation.hpp"

namespace heddle::property {

/// A violation that shows in a graph, before it is told to a person.
struct Finding {
  ViolationKind kind;
  graph::EventId other = graph::no_event;  // the event that it conflicts with
};

/// The next event of a thread, which is not in the graph yet.
struct Attempt {
  graph::ThreadId thread;
  graph::SlotId slot;
  bool writes;
  std::uint8_t shape;  // what it takes the object for; 0: it does not say
  bool mixed = false;  // of an atomic access: there may be plain ones to the object
};

/// An atomic access: the object must be alive, of the shape that the attempt takes it for, and its
/// construction must happen-before the access. So must the plain writes that there may be, and if
/// it writes, the plain reads.
std::optional<Finding> check_atomic(const graph::Graph& graph, const Attempt& attempt);
/// A plain access: also ordered by happens-before with all conflicting accesses (a data race
/// otherwise).
std::optional<Finding> check_plain(const graph::Graph& graph, const Attempt& attempt);
/// The beginning of an object's life at an address: a former life there must have ended before.
std::optional<Finding> check_construct(const graph::Graph& graph, const Attempt& attempt);
/// The end of an object's life: every access must happen-before it. `mutex`: it must not be held.
std::optional<Finding> check_destroy(const graph::Graph& graph, const Attempt& attempt, bool mutex);
/// The release of a memory block.
std::optional<Finding> check_release(const graph::Graph& graph, const Attempt& attempt);
/// lock() by a thread that holds the mutex, unlock() by one that doesn't.
std::optional<Finding> check_lock(const graph::Graph& graph, const Attempt& attempt);
std::optional<Finding> check_unlock(const graph::Graph& graph, const Attempt& attempt);

/// Whether an access of the graph is a violation in the graph as it is now: a race, a use outside
/// of the object's life, a read of nothing.
bool is_violation(const graph::Graph& graph, graph::EventId access);

}  // namespace heddle::property
