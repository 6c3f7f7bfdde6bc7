// The states that a search has met.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/states/fingerprint.hpp"

namespace heddle::states {

/// A set of fingerprints with a number beside each: a flat table with open addressing, 24 bytes per
/// place, at least a quarter of the places empty.
class Seen {
 public:
  struct Entry {
    Fingerprint state;
    std::uint32_t number = 0;  // the caller's; 0: the place is empty
    std::uint32_t unused = 0;
  };

  Seen() : entries_(first_places) {}

  /// The entry of a state. If `fresh` comes back true it is a new one, whose number must be set
  /// before the next call.
  Entry& enter(const Fingerprint& state, bool* fresh);
  /// The entry of a state that was entered.
  Entry& operator[](const Fingerprint& state) { return entries_[place_of(state)]; }

  std::size_t size() const { return size_; }
  /// The memory that the set will take with one state more, in bytes.
  std::size_t next_bytes() const { return entries_.size() * sizeof(Entry) * (is_full() ? 2 : 1); }
  void clear();

 private:
  static constexpr std::size_t first_places = 1 << 12;

  bool is_full() const { return 4 * (size_ + 1) > 3 * entries_.size(); }
  std::size_t place_of(const Fingerprint& state) const;
  void grow();

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace heddle::states
