// How a block of memory that threads share divides into parts that are accessed as a whole.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace heddle::memory {

/// A part of a block that is read and written as a whole.
struct Cell {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;  // 1 to 8
  bool changes = false;    // not only the main thread writes it, before it has created threads

  std::uint32_t end() const { return offset + size; }
  bool operator==(const Cell&) const = default;
};

/// The cells of blocks that are alike. They only become more and smaller.
class Cells {
 public:
  /// `fills`: after some divisions by accesses of one size, all of a block is taken for an array of
  /// that.
  Cells(std::uint32_t bytes, bool fills)
      : fills_(fills), layout_(bytes, Byte::unused), changes_in_(bytes, false) {}

  /// All of them, ascending.
  const std::vector<Cell>& all() const { return cells_; }
  bool any_changes() const { return any_changes_; }
  bool has(std::uint32_t offset) const { return layout_[offset] != Byte::unused; }
  bool changes(std::uint32_t offset) const { return changes_in_[offset]; }

  /// Notes that bytes [begin, end) were accessed at once. Returns whether that makes new cells or
  /// divides one.
  bool divide(std::uint32_t begin, std::uint32_t end);
  /// Notes that a cell changes. Returns whether that is new.
  bool note_change(const Cell& cell);
  /// Makes a cell that an earlier exploration had.
  void restore(const Cell& cell);

 private:
  enum class Byte : std::uint8_t { unused, starts_cell, in_cell };

  bool use(std::uint32_t begin, std::uint32_t end);
  bool start_at(std::uint32_t offset);
  void list();
  std::uint32_t bytes() const { return static_cast<std::uint32_t>(layout_.size()); }

  bool fills_;
  std::vector<Byte> layout_;
  std::vector<bool> changes_in_;  // bytes of cells that change
  std::vector<Cell> cells_;
  bool any_changes_ = false;
  std::array<std::uint32_t, 9> divisions_ = {};  // by accesses of so many bytes
};

}  // namespace heddle::memory
