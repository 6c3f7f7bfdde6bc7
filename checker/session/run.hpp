// What a run makes of what the search finds: counts, the counterexample, an end at its limits.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/explore/strategy.hpp"
#include "checker/session/session.hpp"

namespace heddle {

/// The verdict of a run that found a violation of this kind.
Verdict verdict_for(ViolationKind kind);

/// Counts, keeps the first violation or the simplest, and ends the search at a limit.
class Run final : public explore::Listener {
 public:
  using Clock = std::chrono::steady_clock;

  /// `start`: when the run began; it may have been begun anew since.
  Run(const Options& options, const ProgressHook& progress, Clock::time_point start)
      : options_(options), progress_(progress), start_(start) {}

  /// What tells how far the search is; null: nothing.
  void watch(const explore::Strategy* strategy) { strategy_ = strategy; }

  bool on_violation(explore::Execution& execution, const explore::Found& found) override;
  bool on_execution(explore::Execution& execution, explore::Ending ending) override;
  bool on_tick() override;
  void on_restart() override;
  void on_counted(const explore::EndingCounts& executions) override;

  /// Seconds since the run began.
  double elapsed() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  /// Notes that so many branches of the search have no ending: it is at fault, and proves nothing.
  void note_lost(std::uint64_t branches) { lost_ += branches; }

  /// Notes what the search can't do, as the reason why it is not complete; empty: nothing.
  void note_refusal(const std::string& reason) {
    if (!reason.empty()) reason_ = reason;
  }

  /// What the run found, once the search has ended; called once. `events`: how many were added
  /// to graphs. `finished`: it came to its own end, at no limit.
  Result result(std::uint64_t events, bool finished);

 private:
  bool stop(std::string reason);
  bool goes_on() const;
  void count(explore::Ending ending, std::uint64_t executions = 1);
  std::string why_nothing_was_checked() const;
  trace::Simplicity simplicity_of(explore::Execution& execution, const explore::Found& found);
  void keep_if_simpler(explore::Execution& execution, const explore::Found& found);
  bool looks_for_simpler() const { return looked_ < options_.simplest; }
  void show_final_values(explore::Execution& execution);
  bool repeats(explore::Execution& execution);

  const Options& options_;
  const ProgressHook& progress_;
  Clock::time_point start_;
  const explore::Strategy* strategy_ = nullptr;
  Counts counts_;
  std::uint64_t excluded_ = 0;  // blocked executions that the scenario's assumptions exclude
  std::uint64_t lost_ = 0;
  std::optional<trace::Trace> trace_;     // of the first violation, or of the simplest
  std::optional<trace::Trace> too_long_;  // of the first execution beyond the step bound
  std::uint64_t looked_ = 0;              // executions since the first violation
  bool compared_all_ = true;              // the switches of each violation are known exactly
  std::string reason_;
  std::vector<FinalValue> final_values_;  // spares allocations
  double next_report_ = 0.5;
};

}  // namespace heddle
