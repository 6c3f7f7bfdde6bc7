// Notices when scenario code changes a global, static or thread_local variable, which the checker
// can't undo or show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heddle::runtime {

/// Compares the program's writable data before and after a run of scenario code, and thread_local
/// variables if all threads of a scenario would share them, since they are one thread of the
/// system. Not every run is looked at: the first ones, where a change shows nearly always, and then
/// one in a while.
class GlobalsWatch {
 public:
  /// `thread_locals`: those to watch, because threads have none of their own.
  explicit GlobalsWatch(std::span<const std::byte> thread_locals);

  /// Call before a run; `number` counts runs from 1.
  void before(std::uint64_t number);
  /// Call around what may change them.
  void pause();
  void resume();
  /// Call after the run. Returns the address of the first byte that changed, or null.
  const void* changed();
  /// Whether such an address is that of a thread_local variable.
  bool is_thread_local(const void* address) const;

 private:
  struct Watched {
    std::span<const std::byte> memory;
    std::vector<std::byte> copy;
  };
  void copy();
  const void* first_change() const;

  Watched globals_;
  Watched thread_locals_;
  bool watching_ = false;
  bool paused_ = false;
  const void* changed_ = nullptr;  // before the last pause
};

}  // namespace heddle::runtime
