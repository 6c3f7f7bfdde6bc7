// What a thread remembers, as a number to be compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace heddle::runtime {

/// A hash of all that a thread remembers. With 128 bits, two different ones among the 64 latest of
/// a thread are taken for the same less often than a processor errs.
struct State {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  bool known() const { return (low | high) != 0; }
  bool operator==(const State&) const = default;
};

/// Makes a State of memory. The order of the parts counts, and so do their sizes.
class StateHash {
 public:
  /// Adds memory that begins at a whole word; the bytes behind it, up to the next whole word, count
  /// as well.
  void add(std::span<const std::byte> memory);
  void add(std::uint64_t word);

  State state() const;

 private:
  // Each word goes into two lanes that mix differently: 128 bits. Words take turns between two such
  // pairs, since one pair would wait for its own products.
  std::uint64_t lanes_[4] = {0x9e37'79b9'7f4a'7c15, 0xbf58'476d'1ce4'e5b9, 0x94d0'49bb'1331'11eb,
                             0xd6e8'feb8'6659'fd93};
};

}  // namespace heddle::runtime
