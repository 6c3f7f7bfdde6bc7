#include "checker/explore/strategy.hpp"

#include <stdexcept>

#include "checker/explore/explorer.hpp"
#include "checker/explore/random_walk.hpp"

namespace heddle::explore {
namespace {

std::unique_ptr<Strategy> exhaustive(Execution& execution, Listener& listener,
                                     const StrategyOptions&) {
  return std::make_unique<Explorer>(execution, listener);
}

std::unique_ptr<Strategy> random(Execution& execution, Listener& listener,
                                 const StrategyOptions& options) {
  const std::uint64_t count = options.executions == 0 ? 10'000 : options.executions;
  return std::make_unique<RandomWalk>(execution, listener, options.seed, count);
}

}  // namespace

const std::vector<StrategyEntry>& strategies() {
  static const std::vector<StrategyEntry> all = {
      {"exhaustive", true, exhaustive},
      {"random", false, random},
  };
  return all;
}

const StrategyEntry& find_strategy(std::string_view name) {
  std::string names;
  for (const StrategyEntry& entry : strategies()) {
    if (entry.name == name) return entry;
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  throw std::invalid_argument("there is no strategy '" + std::string(name) +
                              "'; there are: " + names);
}

}  // namespace heddle::explore
