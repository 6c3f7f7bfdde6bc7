// Runs threads along a trace that they may leave.
#pragma once

#include <optional>
#include <vector>

#include "checker/record/follow.hpp"

namespace heddle::explain {

/// Adds events to an execution: at first exactly those of a trace, later whatever the threads do
/// then.
class Guided {
 public:
  Guided(explore::Execution& execution, const trace::Trace& trace)
      : execution_(execution),
        trace_(trace),
        follower_(execution),
        writes_(trace.steps.size(), graph::no_event) {}

  /// Adds step `number` exactly. Throws std::runtime_error if that is not possible.
  void follow(std::uint32_t number);
  /// Lets step `number`, a read, read from the write of step `source`. False if it can't.
  bool read_from(std::uint32_t number, std::uint32_t source);
  /// Lets the thread of step `number` do its next step: what the trace says if possible, else the
  /// newest. Nothing if the thread can't go on.
  void resemble(std::uint32_t number);
  /// Lets all threads go on to their ends, always with the newest values, also behind a violation.
  void finish();

  /// Whether a property was violated on the way.
  bool violated() const { return found_.has_value() || follower_.violated(); }

 private:
  void take(const explore::Turn& turn, std::uint32_t number);
  void take_newest(const explore::Turn& turn, std::uint32_t number);
  bool apply(const explore::Move& move);
  bool read(const explore::Turn& turn, graph::EventId write);
  bool resemble_read(const explore::Turn& turn, std::uint32_t number);
  void resemble_write(std::uint32_t number);

  explore::Execution& execution_;
  const trace::Trace& trace_;
  record::Follower follower_;
  std::vector<graph::EventId> writes_;  // of steps
  std::vector<explore::Move> moves_;
  std::optional<explore::Found> found_;
};

}  // namespace heddle::explain
