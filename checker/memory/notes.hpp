// What a thread, whose accesses are announced, knows of shared cells between two of its
// synchronising Ops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/memory/areas.hpp"

namespace heddle::memory {

/// The cells that were accessed, in the order of their first accesses, and what the thread sees
/// there: nothing that other threads do in the meantime shows, since only Ops could order it.
class Notes {
 public:
  struct Entry {
    std::byte* address = nullptr;
    std::uint8_t size = 0;
    bool written = false;
    std::uint64_t value = 0;
    std::uint64_t place = 0;  // where in the program it was accessed last; the owner's business
  };

  /// The entry of a cell; null if it was not accessed.
  Entry* find(const std::byte* cell);
  /// Adds a cell that was not accessed.
  Entry& add(const Entry& entry);
  std::size_t size() const { return entries_.size(); }
  Entry& operator[](std::size_t index) { return entries_[index]; }
  void clear();

 private:
  static constexpr std::uint32_t none = ~0U;

  std::size_t place_of(const std::byte* cell) const;

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;  // open addressing; a power of two, or empty
};

}  // namespace heddle::memory
