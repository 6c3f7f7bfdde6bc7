// The memory that threads share as plain data: where it lies, and the cells that it consists of.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "checker/memory/cells.hpp"

namespace heddle::memory {

/// Where shared memory lies.
enum class Place : std::uint8_t {
  heap,     // blocks of one size that the same code allocates: they are taken for alike
  stack,    // a page of a thread's stack
  program,  // a page of the program's own data: globals
};

/// What an area is, in every run of the same program.
struct AreaKind {
  Place place = Place::heap;
  std::uint32_t bytes = 0;  // of a block; of a stack: of a page
  std::uint64_t at = 0;     // heap: what calls operator new, as an offset in the program, 0: a
                            // library; else where the page lies: of the program, from where that
                            // is loaded

  auto operator<=>(const AreaKind&) const = default;
};

/// What a trace says of an area, so that a replay has the same one.
struct AreaRecord {
  AreaKind kind = {};
  std::vector<Cell> cells = {};  // ascending

  bool operator==(const AreaRecord&) const = default;
};

/// Shared memory of one kind: equal blocks, each with pages of its own, which nobody may access. An
/// access faults, and so is seen, whoever makes it and in whatever code.
///
/// Blocks of the heap lie in a pool; where, depends only on which thread allocates a block as its
/// how-manieth. A page of a stack is an area of one block, which is *in place*: what is no cell of
/// it belongs to the stack's thread alone.
class Area {
 public:
  /// `base`: where the first block lies. Throws std::system_error if the system does not give
  /// memory for a pool.
  Area(std::size_t number, AreaKind kind, std::byte* base);
  ~Area();
  Area(const Area&) = delete;
  Area& operator=(const Area&) = delete;

  /// Which of the areas it is, counted from 0.
  std::size_t number() const { return number_; }
  AreaKind kind() const { return kind_; }
  std::uint32_t bytes() const { return kind_.bytes; }
  bool in_place() const { return kind_.place != Place::heap; }
  /// Of the heap: the thread that allocates a block.
  std::uint32_t owner(const void* address) const;
  /// The memory that a block takes: whole pages.
  std::size_t stride() const { return stride_; }
  /// Lets all threads access the memory.
  void open();
  /// Where the area ends.
  std::byte* end() const { return end_; }

  /// Block `number` of a thread, counted from 0; null if a thread may not have so many.
  std::byte* block(std::uint32_t thread, std::uint32_t number) const;
  bool contains(const void* address) const { return address >= base_ && address < end_; }
  /// Where the block begins that an address in the area belongs to.
  std::byte* block_at(const void* address) const;

  /// The parts of a block that are accessed.
  const Cells& cells() const { return cells_; }
  Cells& cells() { return cells_; }
  AreaRecord record() const { return {kind_, cells_.all()}; }

 private:
  std::size_t number_;
  AreaKind kind_;
  std::size_t stride_;
  std::uint32_t blocks_per_thread_ = 0;
  std::byte* base_;
  std::byte* end_;
  Cells cells_;
};

/// All areas of an exploration. They only become more, and their cells only become smaller.
class Areas {
 public:
  Areas() = default;
  /// Those of a trace, `fixed`: no other ones may come, and all cells stay as they are. Or those
  /// that an earlier exploration has found.
  explicit Areas(const std::vector<AreaRecord>& records, bool fixed = true);

  /// Whether the areas stay as they are.
  bool fixed() const { return fixed_; }
  std::size_t size() const { return areas_.size(); }
  Area& operator[](std::size_t index) { return *areas_[index]; }
  auto begin() const { return areas_.begin(); }
  auto end() const { return areas_.end(); }

  /// The area of that kind; null if there is none.
  Area* of(const AreaKind& kind);
  /// The area that an address belongs to; null if to none.
  Area* at(const void* address) const { return in_pools(address) ? pool(address) : page(address); }
  /// Whether the address is one where blocks of the heap lie that are shared.
  static bool in_pools(const void* address);
  /// Opens the memory of all areas, of those to come as well: its accesses are announced.
  void open();
  /// Makes all memory of that kind shared.
  void add(const AreaKind& kind);

  std::vector<AreaRecord> records() const;

 private:
  Area* pool(const void* address) const;
  Area* page(const void* address) const;

  std::vector<std::unique_ptr<Area>> areas_;
  std::vector<Area*> pools_;  // in order of their addresses
  std::unordered_map<std::uintptr_t, Area*> pages_;
  bool fixed_ = false;
  bool open_ = false;
};

/// Bytes of a page of memory.
std::size_t page_bytes();
/// Where the program is loaded: what its addresses are counted from. 0 where it can't be moved.
std::uintptr_t program_base();
/// Whether the address is one of the program's own code, not of a library's.
bool in_program_code(const void* address);

}  // namespace heddle::memory
