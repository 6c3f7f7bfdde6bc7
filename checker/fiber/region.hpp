// The memory of one scenario thread: a stack with guard pages, and an arena for its allocations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "checker/fiber/arena.hpp"
#include "checker/fiber/thread_locals.hpp"

namespace heddle::fiber {

/// One thread's memory, at an address that is the same in every run of the program, so that a
/// scenario that looks at addresses still behaves the same.
///
/// Layout, low to high, with guard pages between: a stack for signals, the checker's stack, the
/// thread's stack, notes and thread_local variables, the arena. Only touched pages cost memory.
/// What the checker does on behalf of the thread, it does on a stack of its own, so that it leaves
/// nothing in the thread's; that is the lower one, as a debugger expects of callees. Notes are
/// memory that nobody else ever sees.
class Region {
 public:
  static constexpr std::size_t stack_bytes = 256 << 10;
  static constexpr std::size_t checker_stack_bytes = 64 << 10;
  static constexpr std::size_t signal_stack_bytes = 64 << 10;
  static constexpr std::size_t notes_bytes = 1 << 20;
  static constexpr std::size_t arena_bytes = 64 << 20;

  /// Maps the memory of thread `number`. Throws std::system_error if the system refuses.
  explicit Region(std::uint32_t number);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  std::byte* stack_top() const { return stack_ + stack_bytes; }
  /// The start of ThreadLocals::memory_bytes for thread_local variables. Nobody else ever sees
  /// them, and rewind() leaves them alone.
  std::byte* thread_locals() const { return notes_ + notes_bytes; }
  /// Where signals of the thread are taken. It may be suspended there too.
  std::byte* signal_stack() const { return signal_stack_; }
  std::byte* checker_stack_top() const { return checker_stack_ + checker_stack_bytes; }

  /// Returns `bytes` of fresh memory aligned to `alignment` (a power of two), or null if the arena
  /// is full. Never reuses a block: use after free is found, not hidden.
  void* allocate(std::size_t bytes, std::size_t alignment) {
    return arena_.allocate(bytes, alignment);
  }
  /// Fresh memory among the notes.
  void* allocate_note(std::size_t bytes);
  /// Forgets all allocations and clears what was used of stack and arena, so that every run starts
  /// alike.
  void rewind();

  bool in_arena(const void* address) const;
  bool in_stack(const void* address) const;
  bool in_stack_guard(const void* address) const;
  bool contains(const void* address) const;
  const Arena& arena() const { return arena_; }
  Arena& arena() { return arena_; }
  /// The part of the notes that is in use.
  std::span<const std::byte> notes() const { return {notes_, notes_used_}; }

  /// From here on the thread may only read what it has allocated. Returns how many bytes that are,
  /// whole pages.
  std::size_t seal();
  bool is_sealed(const void* address) const {
    return address >= arena_begin_ && address < arena_begin_ + sealed_;
  }

  /// Closes whole pages of the stack while the thread runs, or opens them.
  void close(std::byte* begin, std::size_t bytes);
  void open(std::byte* begin, std::size_t bytes);

  /// Notes how deep the stack was seen, for rewind().
  void note_depth(const void* stack_pointer);

  /// What may be done with the memory while some thread runs: nothing; reading the first bytes
  /// of the arena, as its children may; all that the thread itself may.
  enum class Access : std::uint8_t { none, read, own };
  void allow(Access access, std::size_t readable = 0);

 private:
  std::byte* base_ = nullptr;
  std::byte* signal_stack_ = nullptr;
  std::byte* checker_stack_ = nullptr;
  std::byte* stack_ = nullptr;
  std::byte* notes_ = nullptr;
  std::byte* arena_begin_ = nullptr;
  Arena arena_{{}, 1};
  std::size_t notes_used_ = 0;
  std::size_t sealed_ = 0;
  std::byte* lowest_ = nullptr;
  Access access_ = Access::own;
  std::size_t readable_ = 0;  // with Access::read
};

}  // namespace heddle::fiber
