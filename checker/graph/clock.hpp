// Vector clocks: for each thread, how many of its events are in a set that is closed under thread
// order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "checker/graph/assert.hpp"

namespace heddle::graph {

using ThreadId = std::uint32_t;
using ClockId = std::uint32_t;  // 0 is the empty clock, shared by all
using Tick = std::uint16_t;     // position of an event in its thread, from 1

/// Clocks are never wider than this.
inline constexpr std::uint32_t most_threads = 512;

/// A stack of clocks of equal width. Allocation only grows it; release() cuts it back.
class ClockStore {
 public:
  ClockStore() : ticks_(width_ * initial_clocks, 0) {}

  std::uint32_t width() const { return width_; }
  const Tick* operator[](ClockId id) const { return &ticks_[std::size_t{id} * width_]; }
  Tick* at(ClockId id) { return &ticks_[std::size_t{id} * width_]; }

  ClockId copy(ClockId from) {
    HEDDLE_ASSERT(from < clocks_);
    const std::size_t end = std::size_t{clocks_} * width_;
    if (end == ticks_.size()) ticks_.resize(2 * end);
    std::copy_n(&ticks_[std::size_t{from} * width_], width_, &ticks_[end]);
    return clocks_++;
  }

  void join(ClockId into, ClockId other) {
    HEDDLE_ASSERT(into != 0 && into < clocks_ && other < clocks_);
    Tick* a = at(into);
    const Tick* b = (*this)[other];
    for (std::uint32_t i = 0; i < width_; ++i) a[i] = std::max(a[i], b[i]);
  }

  std::uint32_t mark() const { return clocks_; }
  void release(std::uint32_t mark) {
    HEDDLE_ASSERT(mark > 0 && mark <= clocks_);
    clocks_ = mark;
  }

  /// Makes room for thread number `thread`, keeping all clocks and their numbers.
  void widen(ThreadId thread) {
    if (thread < width_) return;
    HEDDLE_ASSERT(thread < most_threads);
    std::uint32_t wider = width_;
    while (wider <= thread) wider *= 2;
    std::vector<Tick> ticks(ticks_.size() / width_ * wider, 0);
    for (std::uint32_t id = 0; id < clocks_; ++id) {
      std::copy_n(&ticks_[std::size_t{id} * width_], width_, &ticks[std::size_t{id} * wider]);
    }
    ticks_ = std::move(ticks);
    width_ = wider;
  }

 private:
  static constexpr std::size_t initial_clocks = 256;

  std::uint32_t width_ = 8;
  std::uint32_t clocks_ = 1;  // the empty clock
  std::vector<Tick> ticks_;   // capacity; the first clocks_ * width_ are in use
};

}  // namespace heddle::graph
