// Where operator new and delete go while a scenario thread runs.
#pragma once

#include <cstddef>

namespace heddle::runtime {

/// Serves the allocations of scenario code. Installed while a thread runs its own code, and only
/// then, so that the checker's own allocations are ordinary ones.
class ScenarioHeap {
 public:
  /// `caller`: the code that calls operator new.
  virtual void* allocate(std::size_t bytes, std::size_t alignment, const void* caller) = 0;
  /// Returns false if the block is not one of scenario memory.
  virtual bool release(void* block) = 0;

  /// Around the initialiser of a static variable; they nest. What it allocates is not scenario
  /// memory: it lives as long as the program.
  virtual void begin_static_variable() = 0;
  virtual void end_static_variable() = 0;
  virtual bool in_static_variable() const = 0;

 protected:
  ~ScenarioHeap() = default;
};

/// The heap of the running scenario thread, or null.
inline constinit thread_local ScenarioHeap* current_heap = nullptr;

/// Call from anywhere: makes the linker take our operators new and delete, and where exceptions are
/// allocated, also where others define them first.
void replace_operators();
void replace_exceptions();
/// The same for what code calls that initialises static variables.
void replace_static_variables();

}  // namespace heddle::runtime
