// Execution graphs: events with program order, reads-from and coherence order.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "checker/oracle/program.hpp"
#include "checker/oracle/relation.hpp"

namespace heddle::oracle {

enum class EventKind : std::uint8_t {
  read,
  write,
  fence,
  spawn,    // creates a thread
  start,    // the created thread's first event
  end,      // and its last
  join,     // waits for a thread's end
  destroy,  // ends the life of location `other`, which it does not access
};

/// The read and the write of a read-modify-write are two events (RC11, section 3: `rmw`).
struct Event {
  int thread = -1;  // -1: an initial write
  int index = 0;    // position in the thread, or the location of an initial write
  EventKind kind{};
  bool plain = false;  // an access to a non-atomic location
  std::memory_order order = std::memory_order_relaxed;
  int location = -1;               // -1 for what is no access
  int value = 0;                   // read or written
  int reads_from = -1;             // of a read: the event number of the write
  bool locked = false;             // of a read-modify-write, or the read of a cas that failed
  bool rmw_with_previous = false;  // of a write: its read is the event before it
  int other = -1;                  // of spawn and join: the thread that is created or waited for
};

/// Events are numbered in the order in which they were added, which extends program order and
/// reads-from. The events of the initial writes come first: event number l initialises location l.
struct Graph {
  int locations = 0;
  std::vector<Event> events;
  std::vector<std::vector<int>> coherence;  // of each location: its writes, the initial one first

  int size() const { return static_cast<int>(events.size()); }
  const Event& operator[](int e) const { return events[static_cast<std::size_t>(e)]; }
};

/// The graph with only the initial writes of `program`.
Graph initial_graph(const Program& program);

/// The graph's base relations, as in RC11, section 3.
struct Relations {
  explicit Relations(const Graph& graph);

  Relation po;   // program order (`sb`): of one thread, and initial writes before all other events
  Relation rf;   // write to the reads that read it
  Relation co;   // coherence (`mo`): total over the writes to each location
  Relation rmw;  // read to write of one read-modify-write
  /// Additional synchronises-with (Batty, Owens, Sarkar, Sewell & Weber, "Mathematizing C++
  /// Concurrency", POPL 2011, section 2): spawn to start and end to join.
  Relation asw;
  Relation fr;             // from-reads (`rb`): rf^-1 ; co
  Relation same_location;  // pairs of accesses to one location
  Set reads = 0;
  Set writes = 0;
  Set fences = 0;
  Set initial = 0;
  Set atomics = 0;   // accesses and fences that are not plain; without the initial writes
  Set acquires = 0;  // order at least acquire; likewise below. A plain access has none
  Set releases = 0;
  Set seq_csts = 0;
  Set locked = 0;    // what x86 would lock the bus for
  Set creation = 0;  // spawn, start, end and join
};

}  // namespace heddle::oracle
