// Runs the execution that a trace records, or the part of it that leads to some step.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "checker/explore/execution.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::record {

using explore::Execution;
using explore::Found;
using explore::Move;
using explore::Turn;
using graph::EventId;

/// Adds the steps of a trace to an execution, in an order in which each finds what it reads from.
class Follower {
 public:
  explicit Follower(Execution& execution) : execution_(execution), graph_(execution.graph()) {}

  /// Adds step `number`. `too_long`: the message of the step bound that it exceeds, if it does.
  /// Throws std::runtime_error with a clear sentence if the step does not fit the scenario.
  void take(std::uint32_t number, const trace::Step& step, const std::string& too_long = "");

  /// What is wrong with the step that was taken last, if anything.
  const std::optional<Found>& found() const { return found_; }
  /// Whether anything was wrong up to now.
  bool violated() const { return violated_; }
  /// The write of a step that was taken; no_event if it has none.
  EventId write_of(std::uint32_t number) const;
  /// Throws std::runtime_error: the step that was taken last does not fit.
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  void apply(const Move& move);
  void take_turn(const Turn& turn, const trace::Step& step, const std::string& too_long);
  void pass_unshown(const trace::Step& next);
  void compare(const trace::Step& step, const runtime::Node& node) const;
  void read(const Turn& turn, const trace::Step& step);
  void wait(const Turn& turn, EventId write);
  void write(const Turn& turn, const trace::Step& step);
  bool is_place_of(const Turn& turn, std::uint32_t position, std::uint32_t place) const;
  void choose(const Turn& turn, const trace::Step& step);

  Execution& execution_;
  const graph::Graph& graph_;
  std::uint32_t number_ = 0;
  std::optional<Found> found_;
  bool violated_ = false;
  std::unordered_map<std::uint32_t, EventId> written_;   // step -> its write
  std::unordered_map<EventId, std::uint32_t> place_of_;  // write -> the trace's coherence position
};

/// Has loops recognised as waits only if threads of the trace wait. Recognition depends on all that
/// lies on a thread's stack, what nobody uses any more included, so here it might find more loops
/// than the exploration did. Call it ahead of the first step.
void expect_waits_of(const trace::Trace& trace, Execution& execution);

/// Adds the steps of a trace to an empty execution, one by one. Returns the violation that came, if
/// any. Throws std::runtime_error with a clear sentence if a step does not fit the scenario.
std::optional<Found> follow(Execution& execution, const trace::Trace& trace);

}  // namespace heddle::record
