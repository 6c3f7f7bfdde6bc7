#include "checker/states/seen.hpp"

#include <utility>

namespace heddle::states {

/// Where the state is, or the empty place where it would be.
std::size_t Seen::place_of(const Fingerprint& state) const {
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = state.low & mask;
  while (entries_[place].number != 0 && entries_[place].state != state) place = (place + 1) & mask;
  return place;
}

Seen::Entry& Seen::enter(const Fingerprint& state, bool* fresh) {
  if (is_full()) grow();
  Entry& entry = entries_[place_of(state)];
  *fresh = entry.number == 0;
  if (*fresh) {
    entry.state = state;
    ++size_;
  }
  return entry;
}

void Seen::clear() {
  entries_.assign(first_places, {});
  size_ = 0;
}

void Seen::grow() {
  std::vector<Entry> former(2 * entries_.size());
  std::swap(former, entries_);
  for (const Entry& entry : former) {
    if (entry.number != 0) entries_[place_of(entry.state)] = entry;
  }
}

}  // namespace heddle::states
