// A look at what could happen, which leaves no trace.
#pragma once

#include <utility>
#include <vector>

#include "checker/explore/execution.hpp"

namespace heddle::explore {

/// Changes an execution, also by taking single threads back; everything is as before when it goes
/// out of scope.
class Detour {
 public:
  explicit Detour(Execution& execution);
  ~Detour();
  Detour(const Detour&) = delete;
  Detour& operator=(const Detour&) = delete;

  /// Takes a step forward; no revisit.
  Applied apply(const Move& move);
  /// Takes an event away, and what its thread did behind it. No other thread may have read that, or
  /// been ordered by it.
  void take_back(EventId event);
  /// How many events it added and took away so far.
  std::size_t length() const { return log_.size(); }

 private:
  Execution& execution_;
  graph::Graph& graph_;
  std::vector<EventId> order_;  // as it was
  graph::Graph::Mark mark_;
  std::vector<std::pair<EventId, bool>> log_;  // added, or else taken away
};

}  // namespace heddle::explore
