// Random exploration: for state spaces that are too large to exhaust.
#pragma once

#include <cstdint>
#include <random>

#include "checker/explore/listener.hpp"

namespace heddle::explore {

/// Executions with random choices of thread, of what is read, and of coherence positions. The same
/// seed gives the same executions. Executions may repeat, and nothing is proven.
class RandomWalk {
 public:
  RandomWalk(Execution& execution, Listener& listener, std::uint64_t seed)
      : execution_(execution), listener_(listener), random_(seed) {}

  /// Runs `count` executions; returns false if the listener ended it before.
  bool run(std::uint64_t count);

 private:
  bool walk();
  bool step(const Turn& turn);
  Turn choose_turn();
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  Execution& execution_;
  Listener& listener_;
  std::mt19937_64 random_;
  std::vector<Turn> turns_;
  std::vector<Choice> choices_;
};

}  // namespace heddle::explore
