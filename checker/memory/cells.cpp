#include "checker/memory/cells.hpp"

#include <algorithm>
#include <iterator>

namespace heddle::memory {
namespace {

constexpr std::uint32_t word = 8;
constexpr std::uint32_t patience = 16;  // divisions one by one
constexpr unsigned most_surprises = 8;  // shared cells that are found one by one

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
  for (std::uint32_t at = cell.offset; at < cell.end(); ++at) {
    changes_in_[at] = cell.changes;
    foreign_in_[at] = cell.foreign;
  }
  list();
}

/// Whether all bytes are known to be used so, as whole cells.
bool Cells::knows(std::uint32_t begin, std::uint32_t end, Use use) const {
  if (layout_[begin] != Byte::starts_cell) return false;
  if (end < bytes() && layout_[end] == Byte::in_cell) return false;
  for (std::uint32_t at = begin; at < end; ++at) {
    if (layout_[at] == Byte::unused || (use.foreign && !foreign_in_[at]) ||
        (use.changes && !changes_in_[at])) {
      return false;
    }
  }
  return true;
}

/// A large array would cost an exploration for each of its elements.
void Cells::share_all() {
  shares_all_ = true;
  for (std::uint32_t at = 0; at < bytes(); ++at) {
    foreign_in_[at] = changes_in_[at] = layout_[at] != Byte::unused;
  }
}

bool Cells::announce(std::uint32_t begin, std::uint32_t end, Use use) {
  use.foreign |= at_end_.foreign || shares_all_;
  use.changes |= at_end_.changes || shares_all_;
  if (knows(begin, end, use)) return false;
  const std::vector<Cell> before = shared_;
  this->use(begin, end);
  start_at(begin);
  start_at(end);
  for (std::uint32_t at = begin; at < end; ++at) {
    foreign_in_[at] = foreign_in_[at] || use.foreign;
    changes_in_[at] = changes_in_[at] || use.changes;
  }
  return became_shared(before);
}

bool Cells::announce_end(Use use) {
  if (at_end_.foreign >= use.foreign && at_end_.changes >= use.changes) return false;
  at_end_ = {at_end_.foreign || use.foreign, at_end_.changes || use.changes};
  const std::vector<Cell> before = shared_;
  for (std::uint32_t at = 0; at < bytes(); ++at) {
    if (layout_[at] == Byte::unused) continue;
    foreign_in_[at] = foreign_in_[at] || at_end_.foreign;
    changes_in_[at] = changes_in_[at] || at_end_.changes;
  }
  return became_shared(before);
}

bool Cells::became_shared(const std::vector<Cell>& before) {
  list();
  if (shared_ == before) return false;
  if (!shares_all_ && ++surprises_ == most_surprises) {
    share_all();
    list();
  }
  return true;
}

std::vector<Cell>::const_iterator Cells::first_shared(std::uint32_t offset) const {
  return std::upper_bound(shared_.begin(), shared_.end(), offset,
                          [](std::uint32_t at, const Cell& cell) { return at < cell.end(); });
}

void Cells::list() {
  cells_.clear();
  shared_.clear();
  any_changes_ = false;
  for (std::uint32_t offset = 0; offset < bytes(); ++offset) {
    if (layout_[offset] == Byte::starts_cell) cells_.push_back({.offset = offset});
    if (layout_[offset] == Byte::unused) continue;
    ++cells_.back().size;
    cells_.back().changes = cells_.back().changes || changes_in_[offset];
    cells_.back().foreign = cells_.back().foreign || foreign_in_[offset];
    any_changes_ = any_changes_ || changes_in_[offset];
  }
  std::copy_if(cells_.begin(), cells_.end(), std::back_inserter(shared_),
               [](const Cell& cell) { return cell.shared(); });
}

}  // namespace heddle::memory
