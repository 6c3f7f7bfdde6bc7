// How executions end.
#pragma once

#include <array>
#include <functional>

#include "checker/explore/execution.hpp"

namespace heddle::explore {

/// How an execution ended.
enum class Ending : std::uint8_t {
  complete,
  excluded,   // the scenario's assumptions exclude it
  redundant,  // it is a part of another execution, or like one
  given_up,   // a thread waits for what it may also give up, which another execution shows, or
              // which a bound leaves out
  cut,        // it is longer than the step bound, or a thread polls without an end
  violating,
};
/// How many executions ended in each way, by the number of the ending.
using EndingCounts = std::array<std::uint64_t, static_cast<std::size_t>(Ending::violating) + 1>;

/// Classifies a graph in which no thread can go on. Sets *found for violations that show only at
/// the end: deadlocks, endless spins, failed invariants, leaks.
/// `go_on` is asked now and then while that takes long; if it says no, the answer means nothing.
Ending classify(Execution& execution, std::optional<Found>* found,
                const std::function<bool()>& go_on = {});

}  // namespace heddle::explore
