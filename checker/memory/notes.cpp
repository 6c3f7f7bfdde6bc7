#include "checker/memory/notes.hpp"

#include <algorithm>

namespace heddle::memory {
namespace {

constexpr std::size_t few = 8;  // are looked through one by one

}  // namespace

std::size_t Notes::place_of(const std::byte* cell) const {
  const std::size_t mask = index_.size() - 1;
  std::size_t at = (reinterpret_cast<std::uintptr_t>(cell) * 0x9e37'79b9'7f4a'7c15 >> 32U) & mask;
  while (index_[at] != none && entries_[index_[at]].address != cell) at = (at + 1) & mask;
  return at;
}

Notes::Entry* Notes::find(const std::byte* cell) {
  if (index_.empty()) {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.address == cell; });
    return found == entries_.end() ? nullptr : &*found;
  }
  const std::uint32_t number = index_[place_of(cell)];
  return number == none ? nullptr : &entries_[number];
}

Notes::Entry& Notes::add(const Entry& entry) {
  entries_.push_back(entry);
  if (entries_.size() > few && index_.size() < 2 * entries_.size()) {
    index_.assign(std::max<std::size_t>(4 * few, 2 * index_.size()), none);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) index_[place_of(entries_[i].address)] = i;
  } else if (!index_.empty()) {
    index_[place_of(entry.address)] = static_cast<std::uint32_t>(entries_.size() - 1);
  }
  return entries_.back();
}

void Notes::clear() {
  entries_.clear();
  index_.clear();
}

}  // namespace heddle::memory
