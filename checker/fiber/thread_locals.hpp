// thread_local variables of scenario threads, which the system knows nothing of.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace heddle::fiber {

/// Where the variables of a thread of the system lie around its thread pointer: those of the
/// program and of libraries below, what the C library keeps of the thread above.
struct ThreadLocalLayout {
  std::byte* pointer = nullptr;
  std::size_t below = 0;
  std::size_t above = 0;                   // 0: not known
  std::span<const std::byte> program;      // the program's own variables
  std::span<const std::byte> initialised;  // what the first of them hold at first; the others: 0
  std::vector<std::byte> image;            // all of it, as every scenario thread finds it

  static ThreadLocalLayout of_calling_thread();
  /// Whether ThreadLocals can have the same: that takes x86-64 and glibc, and no sanitizer.
  bool can_be_copied() const;
};

/// One scenario thread's own thread_local variables. Compiled code finds them at fixed distances
/// from the thread pointer (ELF Handling For Thread-Local Storage, section 3.4.6), so that is set
/// for the time that the thread runs.
class ThreadLocals {
 public:
  static constexpr std::size_t memory_bytes = 64 << 10;

  /// `memory` has memory_bytes, and begins with a page. Beside the variables it will hold a copy of
  /// what libraries keep for the calling thread (errno, pthread keys, exceptions in flight), whose
  /// layout is `there`; it can be copied, and outlives this.
  ThreadLocals(const ThreadLocalLayout& there, std::byte* memory);

  /// Gives all variables their initial values.
  void reset();
  std::span<const std::byte> program() const;
  /// With what libraries keep.
  std::span<const std::byte> all() const;

  /// From here to leave(), the thread of the system that made this has these variables. In between,
  /// nothing may be used that was computed from the thread pointer before.
  void enter() const;
  void leave() const;

 private:
  void copy_table();

  const ThreadLocalLayout& there_;
  std::byte* here_;  // the thread pointer
  std::byte* end_;   // of the memory
};

}  // namespace heddle::fiber
