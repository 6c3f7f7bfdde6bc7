// The blocks that one scenario thread allocates, at the same addresses in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heddle::fiber {

/// Hands out blocks of a piece of memory, one behind the other; none is used again.
///
/// The first blocks of a run are *guarded*, if they are not large: each begins on a page of its
/// own, between two zones of a pattern, so that a write beyond its ends shows. When it is freed,
/// its pages can be closed, so that each access faults. That costs a page for each, so it ends at
/// some number.
class Arena {
 public:
  static constexpr std::size_t most_guarded = 1000;         // blocks of a run
  static constexpr std::size_t largest_guarded = 64 << 10;  // bytes
  static constexpr std::size_t zone_bytes = 32;

  /// `memory`: whole pages of `page` bytes each.
  Arena(std::span<std::byte> memory, std::size_t page) : memory_(memory), page_(page) {}

  /// Zeroed memory aligned to `alignment` (a power of two), or null if there is no more.
  void* allocate(std::size_t bytes, std::size_t alignment);
  /// Notes that the block that begins there may not be used any more.
  void free(const void* block);

  struct Block {
    std::byte* begin;
    std::size_t bytes;
    bool guarded = false;
    bool freed = false;

    std::span<const std::byte> memory() const { return {begin, bytes}; }
    bool contains(const void* address) const { return address >= begin && address < begin + bytes; }
  };
  const std::vector<Block>& blocks() const { return blocks_; }
  /// The one that begins there, or null.
  const Block* find(const void* block) const;

  /// Closes the pages of the guarded blocks that were freed since the last call.
  void close_freed();
  /// Notes that somebody opened all pages.
  void opened() { closed_ = 0; }
  /// The freed block on whose closed pages an address lies, or null.
  const Block* closed_at(const void* address) const;

  /// The block beyond whose ends something was written, or null. Looks at blocks in use only.
  const Block* overrun() const;
  /// The same for the one that begins there.
  bool is_overrun(const void* block) const;

  /// Clears all blocks and forgets them. The pages must be open.
  void rewind();

  std::size_t used() const { return used_; }
  /// The next block begins on a page of its own.
  void begin_page() { used_ = up_to_page(used_); }

 private:
  std::size_t up_to_page(std::size_t bytes) const { return (bytes + page_ - 1) / page_ * page_; }
  std::span<std::byte> pages_of(const Block& block) const;
  static bool has_whole_zones(const Block& block);

  std::span<std::byte> memory_;
  std::size_t page_;
  std::vector<Block> blocks_;         // by address
  std::vector<std::uint32_t> freed_;  // guarded ones, by number
  std::size_t closed_ = 0;            // how many of these are closed
  std::size_t guarded_ = 0;
  std::size_t used_ = 0;
};

}  // namespace heddle::fiber
