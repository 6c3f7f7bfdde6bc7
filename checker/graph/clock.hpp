// Vector clocks: for each thread, how many of its events are in a set that is closed under thread
// order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace heddle::graph {

using ThreadId = std::uint32_t;
using ClockId = std::uint32_t;  // 0 is the empty clock, shared by all
using Tick = std::uint16_t;     // position of an event in its thread, from 1

/// A stack of clocks of equal width. Allocation only grows it; release() cuts it back.
class ClockStore {
 public:
  ClockStore() : ticks_(width_, 0) {}

  std::uint32_t width() const { return width_; }
  const Tick* operator[](ClockId id) const { return &ticks_[std::size_t{id} * width_]; }
  Tick* at(ClockId id) { return &ticks_[std::size_t{id} * width_]; }

  ClockId copy(ClockId from) {
    const std::size_t end = ticks_.size();
    ticks_.resize(end + width_);
    std::copy_n(&ticks_[std::size_t{from} * width_], width_, &ticks_[end]);
    return static_cast<ClockId>(end / width_);
  }

  void join(ClockId into, ClockId other) {
    Tick* a = at(into);
    const Tick* b = (*this)[other];
    for (std::uint32_t i = 0; i < width_; ++i) a[i] = std::max(a[i], b[i]);
  }

  std::uint32_t mark() const { return static_cast<std::uint32_t>(ticks_.size() / width_); }
  void release(std::uint32_t mark) { ticks_.resize(std::size_t{mark} * width_); }

  /// Makes room for thread number `thread`, keeping all clocks and their numbers.
  void widen(ThreadId thread) {
    if (thread < width_) return;
    std::uint32_t wider = width_;
    while (wider <= thread) wider *= 2;
    std::vector<Tick> ticks(std::size_t{mark()} * wider, 0);
    for (std::uint32_t id = 0; id < mark(); ++id) {
      std::copy_n(&ticks_[std::size_t{id} * width_], width_, &ticks[std::size_t{id} * wider]);
    }
    ticks_ = std::move(ticks);
    width_ = wider;
  }

 private:
  std::uint32_t width_ = 8;
  std::vector<Tick> ticks_;
};

}  // namespace heddle::graph
