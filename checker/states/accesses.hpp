// What a thread accessed since it last did a step that others can see.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "checker/runtime/behaviour.hpp"

namespace heddle::states {

using runtime::SlotId;
using runtime::ThreadId;

/// How an object is accessed, as far as races go.
enum class AccessKind : std::uint8_t {
  read,  // plain
  write,
  atomic_read,
  atomic_write,
  life,   // its life begins or ends
  spawn,  // no access: what `thread` did before is ordered before the thread `slot`
  join,   // no access: what the thread `slot` did is ordered before what `thread` does from here on
};

struct Access {
  SlotId slot = 0;
  AccessKind kind = AccessKind::read;
  ThreadId thread = 0;  // whose access it was; it may be over, and joined

  auto operator<=>(const Access&) const = default;
};

/// Whether two accesses of one object must be ordered: one ends or begins its life, or one writes
/// and one is plain.
bool conflict(AccessKind a, AccessKind b);

/// A list of accesses, by number; 0 is the empty one.
using AccessesId = std::uint32_t;

/// Keeps lists of accesses, equal ones once.
class Accesses {
 public:
  Accesses() : lists_(1), masks_(1) { numbers_.emplace(std::vector<Access>(), 0); }

  const std::vector<Access>& operator[](AccessesId id) const { return lists_[id]; }

  /// Whether the list may have an access to the object: it has one to an object of which it can't
  /// be told by a few bits.
  bool may_have(AccessesId list, SlotId slot) const { return (masks_[list] & bit_of(slot)) != 0; }

  /// The list with one access more. One that is in it already behind the last spawn or
  /// join adds nothing.
  AccessesId with(AccessesId list, const Access& access);
  /// The list of a thread that joins another one, with that one's list.
  AccessesId joined(AccessesId list, ThreadId thread, AccessesId others, ThreadId other);

  /// Whether the access at a place in a list is ordered before the beginning of one of the threads
  /// `is_before` is true of, by spawns and joins in the list.
  template <typename IsBefore>
  bool is_ordered(AccessesId list, std::size_t at, IsBefore is_before) const {
    const std::vector<Access>& all = lists_[list];
    std::vector<ThreadId> behind = {all[at].thread};  // what these do now is ordered behind it
    for (std::size_t i = at + 1; i < all.size(); ++i) {
      const auto is_behind = [&behind](ThreadId thread) {
        return std::find(behind.begin(), behind.end(), thread) != behind.end();
      };
      if (all[i].kind == AccessKind::join && is_behind(all[i].slot)) {
        behind.push_back(all[i].thread);
      }
      const bool spawns = all[i].kind == AccessKind::spawn && is_behind(all[i].thread);
      if (spawns && is_before(all[i].slot)) return true;
    }
    return false;
  }

 private:
  AccessesId number_of(const std::vector<Access>& list);
  static std::uint64_t bit_of(SlotId slot) { return std::uint64_t{1} << slot % 64; }

  std::vector<std::vector<Access>> lists_;
  std::vector<std::uint64_t> masks_;  // a bit of each object that is accessed
  std::map<std::vector<Access>, AccessesId> numbers_;
  std::map<std::pair<AccessesId, Access>, AccessesId> longer_;
};

}  // namespace heddle::states
