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
  /// Of `count` executions.
  RandomWalk(Execution& execution, Listener& listener, std::uint64_t seed, std::uint64_t count)
      : execution_(execution), listener_(listener), random_(seed), count_(count) {}

  /// Returns false if the listener ended it before its end.
  bool run();
  /// The fraction that is done, 0 to 1.
  double explored() const { return static_cast<double>(walked_) / static_cast<double>(count_); }

 private:
  bool walk();
  bool step(const Turn& turn);
  Turn choose_turn();
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  Execution& execution_;
  Listener& listener_;
  std::mt19937_64 random_;
  std::uint64_t count_;
  std::uint64_t walked_ = 0;
  std::vector<Turn> turns_;
  std::vector<Choice> choices_;
};

}  // namespace heddle::explore
