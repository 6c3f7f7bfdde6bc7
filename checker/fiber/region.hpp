// The memory of one scenario thread: a stack with guard pages, and an arena for its allocations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace heddle::fiber {

/// One thread's memory, at an address that is the same in every run of the program, so that a
/// scenario that looks at addresses still behaves the same.
///
/// Layout, low to high: guard page, stack, guard page, arena, guard page. Only touched pages cost
/// memory.
class Region {
 public:
  static constexpr std::size_t stack_bytes = 256 << 10;
  static constexpr std::size_t arena_bytes = 64 << 20;

  /// Maps the memory of thread `number`. Throws std::system_error if the system refuses.
  explicit Region(std::uint32_t number);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  std::byte* stack_top() const { return stack_ + stack_bytes; }

  /// Returns `bytes` of fresh memory aligned to `alignment` (a power of two), or null if the arena
  /// is full. Never reuses a block: use after free is found, not hidden.
  void* allocate(std::size_t bytes, std::size_t alignment);
  /// Forgets all allocations and clears what was used of stack and arena, so that every run starts
  /// alike.
  void rewind();

  bool in_arena(const void* address) const;
  bool in_stack_guard(const void* address) const;
  bool contains(const void* address) const;
  /// The part of the arena that is in use.
  std::span<const std::byte> arena() const { return {arena_, used_}; }

  /// Notes how deep the stack was seen, for rewind().
  void note_depth(const void* stack_pointer);

  /// What other threads may do with the memory.
  enum class Access : std::uint8_t { none, read, all };
  void allow(Access access);

 private:
  std::byte* base_ = nullptr;
  std::byte* stack_ = nullptr;
  std::byte* arena_ = nullptr;
  std::size_t used_ = 0;
  std::byte* lowest_ = nullptr;
  Access access_ = Access::all;
};

}  // namespace heddle::fiber
