// Goes on with parts of a search, one slice of time after the other.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "checker/explore/explorer.hpp"
#include "checker/jobs/totals.hpp"

namespace heddle::jobs {

using explore::Position;

/// What came of a slice.
struct Slice {
  Totals more;                         // was counted
  Position left;                       // of the part
  std::optional<Position> given = {};  // what was split off
  /// A violation was met. The counts are worth nothing, unless all are counted.
  bool has_finding = false;
  /// Something was met behind which the search goes on otherwise, or ends: an execution that is too
  /// long; where all are counted, a scenario that is broken.
  bool needs_one = false;
};

class Searcher final : explore::Listener {
 public:
  /// `execution` is empty. `seconds`: of a slice, 0 for one branch. `counts_all`: goes on behind
  /// violations. `is_asked`: asked now and then whether somebody wants a part of the work.
  Searcher(explore::Execution& execution, double seconds, bool counts_all,
           std::function<bool()> is_asked);
  ~Searcher();
  Searcher(const Searcher&) = delete;
  Searcher& operator=(const Searcher&) = delete;

  /// Turns to another part.
  void begin(const Position& position);
  /// Goes on with it for a slice; shorter if it is done, something was met, or it was asked for a
  /// part.
  Slice run();

 private:
  using Clock = std::chrono::steady_clock;

  bool on_violation(explore::Execution& execution, const explore::Found& found) override;
  bool on_execution(explore::Execution& execution, explore::Ending ending) override;
  bool on_tick() override;

  explore::Execution& execution_;
  const explore::Execution::Mark root_;
  double seconds_;
  bool counts_all_;
  std::function<bool()> is_asked_;
  std::optional<explore::Explorer> search_;
  Slice slice_;
  Totals before_;  // of the explorer, when the slice began
  bool gives_ = false;
  Clock::time_point end_;
};

}  // namespace heddle::jobs
