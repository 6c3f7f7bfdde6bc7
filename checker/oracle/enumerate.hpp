// Brute force: every consistent execution graph of a program under a memory model.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "checker/oracle/models.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// What can be wrong with an execution.
enum class Flaw : std::uint8_t {
  race,
  use_after_free,
  double_free,
  uninitialised_read,
  failed_check,
  endless_wait,
  locked_twice,
  unlocked_unowned,
  destroyed_locked,
};

/// "race", "use after free", ...
std::string to_string(Flaw flaw);

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

  /// Number of consistent graphs that can't be continued in which a thread failed: a check, a lock
  /// in wrong hands, a mutex that is held when its life ends.
  std::uint64_t failed = 0;

  /// Number of those that would be deadlocked, but for a thread that waits and might give up: which
  /// other graphs do.
  std::uint64_t given_up = 0;

  /// Whether some graph has a data race, or uses or frees what is freed, or reads what was never
  /// written. Then the other numbers have no meaning. No such graph is missed: what is wrong with
  /// it stays wrong when it is continued.
  bool undefined = false;
  bool races = false;  // the first of these

  /// What is wrong with some graph, also behind what is undefined.
  std::set<Flaw> flaws;

  /// What complete graphs leave behind.
  std::set<FinalState> states;
};

/// Grows graphs event by event, in all orders that extend program order and reads-from (so their
/// union has no cycle: no model here admits load buffering), with all writes to read from and all
/// places in coherence order. Throws std::length_error for a graph of more than 64 events, and
/// std::out_of_range if the program spawns a thread that it does not have.
Answer enumerate(const Program& program, const Model& model);

}  // namespace heddle::oracle
