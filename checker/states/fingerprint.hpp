// A state of the whole program as a number of 128 bits.
#pragma once

#include <cstdint>

namespace heddle::states {

/// The sum of one random-looking number per part of the state, so that a step changes it by the
/// parts that it changes. Two states have the same one with a chance of 2^-128.
struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  bool operator==(const Fingerprint&) const = default;

  /// The part that is known as `place` changes from one content to another; 0 is what it has at
  /// first.
  void change(std::uint64_t place, std::uint64_t from, std::uint64_t to) {
    if (from != 0) remove(of(place, from));
    if (to != 0) add(of(place, to));
  }

 private:
  static std::uint64_t mixed(std::uint64_t word) {
    word = (word ^ word >> 32) * 0xd6e8'feb8'6659'fd93;
    word = (word ^ word >> 32) * 0xd6e8'feb8'6659'fd93;
    return word ^ word >> 32;
  }
  static Fingerprint of(std::uint64_t place, std::uint64_t content) {
    const std::uint64_t first = mixed(content + place * 0x9e37'79b9'7f4a'7c15);
    const std::uint64_t second = mixed(first + content * 0xbf58'476d'1ce4'e5b9 + place);
    return {first, second};
  }
  void add(const Fingerprint& other) { low += other.low, high += other.high; }
  void remove(const Fingerprint& other) { low -= other.low, high -= other.high; }
};

}  // namespace heddle::states
