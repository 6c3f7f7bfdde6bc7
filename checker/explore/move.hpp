// Whose turn it is, and the ways to take it.
#pragma once

#include <cstdint>
#include <optional>

#include "checker/explore/found.hpp"
#include "checker/property/access.hpp"

namespace heddle::explore {

using graph::EventId;
using graph::LocationId;
using graph::NodeId;
using graph::ThreadId;

/// A thread that can go on, and what kind of event its Op becomes.
struct Turn {
  enum class Kind : std::uint8_t { none, single, read, write, choice };
  Kind kind = Kind::none;
  ThreadId thread = 0;
  NodeId node = 0;  // the state in which the thread asks for the Op
};

/// One way to take a thread's next step. It is valid for the graph that it was asked of: add it, or
/// undo to that graph first.
struct Move {
  enum class Kind : std::uint8_t {
    single,     // the one event that the Op can become
    violation,  // the thread ends: `finding` says why
    cut,        // the thread ends: it polls, and would do so once more although there is news
    read,       // of `event`
    spurious,   // the same, but the weak compare_exchange fails
    stuck,      // the wait reads `event`, fails, and goes no further
    failing,    // the same; to read `event` is an error
    conflict,   // a read-modify-write of `event`, which another one follows already: only revisits
                // go on
    place,      // at coherence position `position`
    revisit,    // of the read `event`, which is at `position` in the order, by the turn's write
    value,      // `position` is the value chosen
  };
  Kind kind = Kind::single;
  /// Of a revisit: the weak compare_exchange fails although it reads its value.
  bool spurious = false;
  ThreadId thread = 0;
  NodeId node = 0;
  EventId event = graph::no_event;
  std::uint32_t position = 0;
  /// What is wrong with the step, as far as it shows in the graph that it is added to.
  std::optional<property::Finding> finding = {};
};

/// What became of a move.
struct Applied {
  /// Else the model refuses it, or the wait that it is would not end; nothing was added.
  bool admitted = true;
  std::optional<Found> found = {};
};

}  // namespace heddle::explore
