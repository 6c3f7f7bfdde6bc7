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
  bool foreign = false;    // a thread accesses it that does not own the block (where that is known)

  std::uint32_t end() const { return offset + size; }
  /// Whether its accesses matter to other threads. All others find the owner's memory as it is.
  bool shared() const { return changes && foreign; }
  bool operator==(const Cell&) const = default;
};

/// The cells of blocks that are alike. They only become more and smaller.
class Cells {
 public:
  /// `fills`: after some divisions by accesses of one size, all of a block is taken for an array of
  /// that.
  Cells(std::uint32_t bytes, bool fills)
      : fills_(fills),
        layout_(bytes, Byte::unused),
        changes_in_(bytes, false),
        foreign_in_(bytes, false) {}

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

  /// What is known of bytes that are announced to be accessed at once.
  struct Use {
    bool foreign = false;  // by a thread that does not own the block
    bool changes = false;  // written, and not by the main thread before it has created others
  };
  /// Notes an announced access of bytes [begin, end). Returns whether that makes shared cells, or
  /// divides one: then what threads did up to now is void.
  bool announce(std::uint32_t begin, std::uint32_t end, Use use);
  /// Notes that a block ended, which is a use of all of its cells, those to come included. The
  /// result is as above.
  bool announce_end(Use use);
  /// The shared cells, ascending.
  const std::vector<Cell>& shared() const { return shared_; }
  /// The first shared cell that ends behind an offset.
  std::vector<Cell>::const_iterator first_shared(std::uint32_t offset) const;

 private:
  enum class Byte : std::uint8_t { unused, starts_cell, in_cell };

  bool knows(std::uint32_t begin, std::uint32_t end, Use use) const;
  bool became_shared(const std::vector<Cell>& before);
  void share_all();
  bool use(std::uint32_t begin, std::uint32_t end);
  bool start_at(std::uint32_t offset);
  void list();
  std::uint32_t bytes() const { return static_cast<std::uint32_t>(layout_.size()); }

  bool fills_;
  std::vector<Byte> layout_;
  std::vector<bool> changes_in_;  // bytes of cells that change
  std::vector<bool> foreign_in_;  // ... that others than the owner access
  std::vector<Cell> cells_;
  std::vector<Cell> shared_;
  Use at_end_;               // what is known of blocks' ends
  unsigned surprises_ = 0;   // how often announce() returned true
  bool shares_all_ = false;  // all that is accessed counts as shared
  bool any_changes_ = false;
  std::array<std::uint32_t, 9> divisions_ = {};  // by accesses of so many bytes
};

}  // namespace heddle::memory
