// What a search tells its owner.
#pragma once

#include "checker/explore/classify.hpp"

namespace heddle::explore {

/// Told about what a search finds. Every function returns whether the search goes on.
class Listener {
 public:
  /// A violation in the execution's present graph; its execution is reported as violating later.
  virtual bool on_violation(Execution& execution, const Found& found) = 0;
  /// The execution's present graph is finished.
  virtual bool on_execution(Execution& execution, Ending ending) = 0;
  /// Called now and then, for limits of time.
  virtual bool on_tick() = 0;
  /// What was told is void: the search begins anew, knowing more.
  virtual void on_restart() {}
  /// Other processes, which explored parts of the same search, were told of so many executions.
  virtual void on_counted(const EndingCounts& /*executions*/) {}

 protected:
  ~Listener() = default;
};

/// Tells the listener about an execution in which no thread can go on: what shows only now, and how
/// it ends. Returns whether the search goes on.
bool report_end(Execution& execution, Listener& listener);

}  // namespace heddle::explore
