// What an exploration tells its owner.
#pragma once

#include "checker/explore/execution.hpp"

namespace heddle::explore {

/// How an execution ended.
enum class Ending : std::uint8_t {
  complete,
  blocked,  // a failed assumption, or a wait that another execution covers
  violating,
};

/// Told about what a search finds. Every function returns whether the search goes on.
class Listener {
 public:
  /// A violation in the execution's present graph; its execution is reported as violating later.
  virtual bool on_violation(Execution& execution, const Found& found) = 0;
  /// The execution's present graph is finished.
  virtual bool on_execution(Execution& execution, Ending ending) = 0;
  /// Called now and then, for limits of time.
  virtual bool on_tick() = 0;

 protected:
  ~Listener() = default;
};

/// Classifies a graph in which no thread can go on. Sets *found for violations that show only at
/// the end: deadlocks, endless spins, leaks.
Ending classify(Execution& execution, std::optional<Found>* found);

}  // namespace heddle::explore
