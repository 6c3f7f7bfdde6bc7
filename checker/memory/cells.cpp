#include "checker/memory/cells.hpp"

#include <algorithm>

namespace heddle::memory {
namespace {

constexpr std::uint32_t word = 8;
constexpr std::uint32_t patience = 16;  // divisions one by one

}  // namespace

bool Cells::start_at(std::uint32_t offset) {
  if (offset >= bytes() || layout_[offset] != Byte::in_cell) return false;
  layout_[offset] = Byte::starts_cell;
  return true;
}

/// Makes cells of what is not used yet, of a word each at most.
bool Cells::use(std::uint32_t begin, std::uint32_t end) {
  bool fresh = false;
  for (std::uint32_t at = begin; at < end; ++at) {
    if (layout_[at] != Byte::unused) continue;
    const bool goes_on = at != begin && at % word != 0 && layout_[at - 1] != Byte::unused;
    layout_[at] = goes_on ? Byte::in_cell : Byte::starts_cell;
    fresh = true;
  }
  return fresh;
}

bool Cells::divide(std::uint32_t begin, std::uint32_t end) {
  bool changed = use(begin, end);
  changed |= start_at(begin);
  changed |= start_at(end);
  const std::uint32_t size = end - begin;
  const bool counts = fills_ && changed && size <= word && (size & (size - 1)) == 0;
  if (counts && ++divisions_[size] >= patience) {
    for (std::uint32_t at = 0; at < bytes(); at += size) {
      use(at, std::min(at + size, bytes()));
      start_at(at);
    }
  }
  if (changed) list();
  return changed;
}

bool Cells::note_change(const Cell& cell) {
  if (cell.changes) return false;
  for (std::uint32_t at = cell.offset; at < cell.end(); ++at) changes_in_[at] = true;
  list();
  return true;
}

void Cells::restore(const Cell& cell) {
  use(cell.offset, cell.end());
  for (std::uint32_t at = cell.offset; at < cell.end(); ++at) changes_in_[at] = cell.changes;
  list();
}

void Cells::list() {
  cells_.clear();
  any_changes_ = false;
  for (std::uint32_t offset = 0; offset < bytes(); ++offset) {
    if (layout_[offset] == Byte::starts_cell) cells_.push_back({.offset = offset});
    if (layout_[offset] == Byte::unused) continue;
    ++cells_.back().size;
    cells_.back().changes = cells_.back().changes || changes_in_[offset];
    any_changes_ = any_changes_ || changes_in_[offset];
  }
}

}  // namespace heddle::memory
