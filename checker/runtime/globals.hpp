// Notices when scenario code changes a global or static variable, which the checker can't undo or
// show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::runtime {

/// Compares the program's writable data before and after a run of scenario code. Not every run is
/// looked at: the first ones, where a change shows nearly always, and then one in a while.
class GlobalsWatch {
 public:
  /// Call before a run; `number` counts runs from 1.
  void before(std::uint64_t number);
  /// Call after it. Returns the address of the first byte that changed, or null.
  const void* changed();

 private:
  std::vector<std::byte> copy_;
  bool watching_ = false;
};

}  // namespace heddle::runtime
