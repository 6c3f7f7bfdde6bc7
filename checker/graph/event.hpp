// One event of an execution graph.
#pragma once

#include <atomic>
#include <cstdint>

#include "checker/graph/clock.hpp"

namespace heddle::graph {

using EventId = std::uint32_t;
using LocationId = std::uint32_t;
using SlotId = std::uint32_t;
using NodeId = std::uint32_t;

inline constexpr EventId no_event = 0;
inline constexpr LocationId no_location = 0;

enum class EventKind : std::uint8_t {
  read,
  write,  // also the construction of an object: its first write
  fence,
  failed_attempt,  // a lock that another thread's lock came before: reads that lock's write, orders
                   // nothing
  stuck,           // a wait that came too late: reads the failing write, the thread goes no further
  destroy,         // the end of an object's life
  allocate,
  release,
  spawn,
  join,
  choice,
  finish,  // the thread's end
  end,     // the thread's end by a failed assumption or a violation
  local,   // has no effect on others
};

/// Plain data. The graph fills in stamp, index, porf and what links events; the rest comes from who
/// adds the event.
struct Event {
  EventKind kind = EventKind::local;
  std::memory_order order = std::memory_order_relaxed;
  ThreadId thread = 0;
  NodeId node = 0;   // the state of the thread that asked for this event
  NodeId after = 0;  // the state behind it, once known

  bool atomic = false;         // else a plain access
  bool rmw = false;            // one of the two events of a successful read-modify-write
  bool locked = false;         // the read of a read-modify-write, also of one that fails
  std::uint8_t shape = 0;      // of a construction: what is made, as a number that others compare
  bool initial = false;        // the construction of an object
  bool uninitialised = false;  // a construction that gives no value
  bool violation = false;      // an end by a violation, or an access that is one
  bool optional = false;       // an end by a bound, where the thread could have gone on
  bool spurious = false;       // a compare_exchange that failed although the values were equal
  bool before_sleep = false;   // its thread, which has just queued itself, sleeps because of it
  bool for_sleepers = false;   // a look into a queue, or a change of it, that wakes who is in it

  LocationId location = no_location;
  std::uint64_t value = 0;        // read, written, chosen; of an end: its ViolationKind
  EventId reads_from = no_event;  // of reads; of an RMW's write: what its read reads from
  std::uint32_t coherence = 0;    // of writes: position in the object's coherence order

  Tick index = 0;           // position in the thread, from 1
  std::uint32_t stamp = 0;  // grows with the time of addition; a revisited read keeps its own
  EventId first_reader = no_event;
  EventId next_reader = no_event;

  ClockId porf = 0;     // what is (po + rf)-before this event, and itself
  ClockId hb = 0;       // what happens-before it, and itself
  ClockId message = 0;  // of writes: what a reader that acquires is ordered behind
  ClockId pending = 0;  // messages read by relaxed reads so far: an acquire fence takes them
  EventId release_fence = no_event;  // the thread's last
};

inline bool acquires(std::memory_order order) {
  return order == std::memory_order_acquire || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}
inline bool releases(std::memory_order order) {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

}  // namespace heddle::graph
