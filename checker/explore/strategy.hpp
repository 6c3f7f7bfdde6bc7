// The ways to go through the executions of a scenario.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checker/explore/listener.hpp"

namespace heddle::explore {

/// Drives an execution by moves, from the empty graph on, and tells a listener of what it finds.
class Strategy {
 public:
  virtual ~Strategy() = default;

  /// Goes on until all that it wants was done, or the listener ends it: then false. Called once.
  virtual bool run() = 0;
  /// Estimated fraction that is done, 0 to 1. To be asked at any time.
  virtual double explored() const = 0;
  /// How many branches have no ending although run() came to its own end: the strategy is at fault,
  /// and proves nothing.
  virtual std::uint64_t lost() const { return 0; }
  /// Why it did not come to its own end, if not for the listener: what it can't do, or a limit of
  /// its own, in words; empty if neither.
  virtual std::string refusal() const { return {}; }
  /// How many states it met; 0 if it does not look at states.
  virtual std::uint64_t states() const { return 0; }
  /// How many events were added to graphs, over all branches.
  virtual std::uint64_t events() const = 0;
  /// What other processes have counted so far, which the listener is told of later: for progress.
  virtual EndingCounts counted_elsewhere() const { return {}; }
};

/// What a strategy is made of.
struct StrategyOptions {
  std::uint64_t seed = 1;        // of random choices
  std::uint64_t executions = 0;  // at most so many; 0: as many as it wants
};

struct StrategyEntry {
  std::string_view name;
  /// What it came to the end of is all that there is: if nothing was found, nothing is there.
  bool is_exhaustive;
  std::unique_ptr<Strategy> (*make)(Execution&, Listener&, const StrategyOptions&);
};

/// All strategies that explore, the default first.
const std::vector<StrategyEntry>& strategies();

/// Throws std::invalid_argument, listing the names, if there is none of that name.
const StrategyEntry& find_strategy(std::string_view name);

}  // namespace heddle::explore
