// Random numbers for random programs: the same on every platform.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle::oracle {

/// Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64). The standard
/// library's distributions differ between platforms.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// 0 .. sides-1
  int roll(int sides) {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t bits = state_;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    bits ^= bits >> 31;
    return static_cast<int>(bits % static_cast<std::uint64_t>(sides));
  }

  bool one_in(int n) { return roll(n) == 0; }

  template <typename T, std::size_t n>
  T pick(const std::array<T, n>& orders) {
    return orders[static_cast<std::size_t>(roll(static_cast<int>(n)))];
  }

 private:
  std::uint64_t state_;
};

// What an access of each kind may have.
inline constexpr std::array load_orders = {std::memory_order_relaxed, std::memory_order_acquire,
                                           std::memory_order_seq_cst};
inline constexpr std::array store_orders = {std::memory_order_relaxed, std::memory_order_release,
                                            std::memory_order_seq_cst};
inline constexpr std::array update_orders = {std::memory_order_relaxed, std::memory_order_acquire,
                                             std::memory_order_release, std::memory_order_acq_rel,
                                             std::memory_order_seq_cst};
inline constexpr std::array fence_orders = {std::memory_order_acquire, std::memory_order_release,
                                            std::memory_order_acq_rel, std::memory_order_seq_cst};

}  // namespace heddle::oracle
