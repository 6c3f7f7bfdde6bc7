// Random exploration: for state spaces that are too large to exhaust.
#pragma once

#include <cstdint>
#include <random>

#include "checker/explore/strategy.hpp"

namespace heddle::explore {

/// Executions with random choices of thread, of what is read, and of coherence positions. The same
/// seed gives the same executions. Executions may repeat, and nothing is proven.
class RandomWalk final : public Strategy {
 public:
  /// Of `count` executions.
  RandomWalk(Execution& execution, Listener& listener, std::uint64_t seed, std::uint64_t count)
      : execution_(execution), listener_(listener), random_(seed), count_(count) {}

  bool run() override;
  std::uint64_t events() const override { return execution_.events(); }
  double explored() const override {
    return static_cast<double>(walked_) / static_cast<double>(count_);
  }

 private:
  bool walk();
  bool step(const Turn& turn);
  Turn choose_turn();
  std::size_t below(std::size_t bound) {
    return bound == 1 ? 0 : static_cast<std::size_t>(random_() % bound);
  }

  Execution& execution_;
  Listener& listener_;
  std::mt19937_64 random_;
  std::uint64_t count_;
  std::uint64_t walked_ = 0;
  std::vector<Turn> turns_;
  std::vector<Move> moves_;
};

}  // namespace heddle::explore
