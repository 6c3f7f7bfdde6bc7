// Brute force: every consistent execution graph of a program under a memory model.
#pragma once

#include <cstdint>
#include <set>

#include "checker/oracle/models.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// What can be said about a program under a model.
struct Answer {
  /// Number of consistent graphs in which every thread ran to its end. Two graphs are the same if
  /// their threads have the same events, which read from the same writes, and the coherence orders
  /// are the same. A wait is one event (or two, for await_both) that reads what ends it; locking is
  /// a read-modify-write from 0 to 1.
  std::uint64_t complete = 0;

  /// Number of consistent graphs in which every thread that is not at its end waits, and its wait
  /// fails on the coherence-latest writes, so that it never ends.
  std::uint64_t deadlocked = 0;

  /// Whether a complete or deadlocked graph has a data race. No graph with a race is missed: every
  /// graph can be continued to one of these, because reading the coherence-latest write is always
  /// consistent.
  bool races = false;

  /// What complete graphs leave behind.
  std::set<FinalState> states;
};

/// Grows graphs event by event, in all orders that extend program order and reads-from (so their
/// union has no cycle: no model here admits load buffering), with all writes to read from and all
/// places in coherence order. Throws std::length_error for a graph of more than 64 events, and
/// std::out_of_range if the program spawns a thread that it does not have.
Answer enumerate(const Program& program, const Model& model);

}  // namespace heddle::oracle
