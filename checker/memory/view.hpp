// What a thread sees of shared memory between two of its Ops, and what it does with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/memory/areas.hpp"

namespace heddle::memory {

/// One access to memory, as an instruction makes it.
struct Access {
  std::byte* address = nullptr;
  std::uint32_t size = 0;
  bool reads = false;
  bool writes = false;
};

/// A thread's view of a block. Nothing that other threads do in the meantime shows: only their Ops
/// could order it.
///
/// Of a block in place, the view has the cells that change; all else of it is what the memory
/// holds.
class View {
 public:
  /// `makes_cells`: whether accesses to what is no cell make it one. Those of a stack's own thread
  /// do not.
  View(Area& area, std::byte* block, bool makes_cells = true);

  Area& area() const { return *area_; }
  std::byte* block() const { return block_; }

  /// `values`: those of all cells, one behind the other, as the thread may see them.
  void show(const char* values);
  /// Whether the thread has to be shown the block before it may do this. The access must be within
  /// the block. (The thread's own stack needs not be shown where it is only written.)
  bool hides(const Access& access) const;
  /// Whether there is a value for all that the access reads, and a place for all that it writes.
  /// The access must be within the block, and not be hidden.
  bool knows(const Access& access) const;
  /// Whether the memory is closed to the thread.
  bool closed() const { return closed_; }
  void set_closed(bool closed) { closed_ = closed; }

  /// Whether note() would note anything of the access.
  bool notes(const Access& access) const;
  /// Notes an access, made by the instruction at `code`. No allocation: called from signal
  /// handlers.
  void note(const Access& access, const void* code);
  /// Whether there was an access that was noted.
  bool is_touched() const { return first_ < last_; }
  /// Forgets what was shown and noted.
  void clear();

  /// Puts what the thread sees into the memory for an access, or takes it from there behind one.
  /// What the memory had is kept, and put back: of a stack, its thread may use it.
  void save(const Access& access);
  void fill(const Access& access) const;
  void take(const Access& access);
  void restore(const Access& access) const;

  /// Puts what the thread sees into the memory of the whole block, which must be open, or takes it
  /// from there, if it is there. A concealed block has zeros, so that it is the same in every run.
  void expose();
  void conceal();

  /// Opens a block, exposed, to a thread of which nothing is to be noted; or undoes that.
  void lend();
  void take_back();

  /// Divides the area's cells by the accesses that were noted. Returns whether that changed them.
  bool divide_cells() const;

  bool was_read(const Cell& cell) const { return has(cell, read); }
  bool was_written(const Cell& cell) const { return has(cell, written); }
  /// The instruction that accessed it last.
  const void* code(const Cell& cell) const { return code_[cell.offset / word]; }
  std::uint64_t value(const Cell& cell) const;

 private:
  static constexpr std::uint8_t read = 1, written = 2, limit = 4, known = 8;
  static constexpr std::uint32_t word = 8;

  std::uint32_t offset(const Access& access) const {
    return static_cast<std::uint32_t>(access.address - block_);
  }
  bool has(const Cell& cell, std::uint8_t mark) const;
  void mark(std::uint32_t begin, std::uint32_t end, const Access& access, const void* code);
  template <typename Use>
  void for_each_kept(const Access& access, Use use) const;
  void set_rights(int rights) const;
  Access whole() const { return {block_, area_->bytes()}; }

  Area* area_;
  std::byte* block_;
  bool makes_cells_;
  bool shown_ = false;
  bool exposed_ = false;
  bool lent_ = false;
  bool closed_ = true;
  std::uint32_t first_ = ~0U, last_ = 0;  // bytes that have marks
  std::vector<std::byte> bytes_;
  std::vector<std::byte> saved_;
  std::vector<std::uint8_t> marks_;  // per byte, and for the end of the block
  std::vector<const void*> code_;    // per word
};

}  // namespace heddle::memory
