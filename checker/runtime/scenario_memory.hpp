// What the C++ runtime's functions for memory ask while a scenario thread runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "checker/api/op.hpp"

namespace heddle::runtime {

/// A call that can't be explored, as parts of a sentence about it.
struct RefusedCall {
  const char* function;  // "pthread_mutex_lock"
  const char* used_by;   // "std::mutex": what calls it that users know better; may be empty
  const char* remedy;    // "use rl::mutex"
};

/// A place in the code that calls the checker: a return address, and the frame of the function that
/// it called, from which its own callers can be found.
struct Caller {
  const void* code = nullptr;
  const void* frame = nullptr;
};

/// Serves scenario code's allocations, and static and thread_local variables, and ends threads that
/// call what can't be explored. Installed while a thread runs its own code, and only then, so that
/// the checker's own calls are ordinary ones.
class ScenarioMemory {
 public:
  /// Zeroed memory, or null. `caller`: the code that calls operator new or malloc().
  virtual void* allocate(std::size_t bytes, std::size_t alignment, const void* caller) = 0;
  /// Returns false if the block is not one of scenario memory.
  virtual bool release(void* block) = 0;
  /// The bytes of a block of scenario memory that is in use; nothing of others.
  virtual std::optional<std::size_t> size_of(const void* block) = 0;

  // What the running thread keeps elsewhere than in its own memory: elsewhere.cpp.

  /// The thread called a function that has a state of its own: "rand".
  virtual void note_hidden_state() = 0;
  /// The thread has memory mapped, which may change unseen.
  virtual void note_mapping() = 0;
  /// A library allocated this block, which is none of scenario memory, on behalf of the thread.
  virtual void remember(const void* block, std::size_t bytes) = 0;
  /// Such a block, or one of before the run, is going to be freed.
  virtual void forget(const void* block) = 0;

  /// Around the initialiser of a static variable; they nest. What it allocates is not scenario
  /// memory: it lives as long as the program.
  virtual void begin_static_variable() = 0;
  virtual void end_static_variable() = 0;
  virtual bool in_static_variable() const = 0;

  /// Has destructor(object) called when the running thread ends: of a thread_local variable.
  virtual void at_thread_exit(void (*destructor)(void*), void* object) = 0;
  /// Calls them, last first.
  virtual void call_exit_functions() = 0;

  /// Of code that announces its accesses: called ahead of a plain one. Where it reads, the memory
  /// holds what the thread may see when this returns, up to the next call.
  virtual void announce(void* address, std::size_t bytes, bool reads, bool writes,
                        const Caller& caller) = 0;
  /// Called ahead of an atomic access. Returns whether it is to be an Op on a cell; else the memory
  /// is the thread's own, and the access may be made there.
  virtual bool announce_atomic(void* address, std::size_t bytes, bool writes,
                               const Caller& caller) = 0;
  /// Where that is in the program's source.
  virtual const api::Site& site_of(const Caller& caller) = 0;

  /// Ends the running thread where the program would call std::terminate. `what` says why. Does not
  /// return.
  virtual void end_by_terminate(const char* what) = 0;

  /// Ends the running thread with that error; does not return. The place is the caller's: of the
  /// frames on the stack, the innermost that is code of the scenario's author.
  virtual void refuse(const RefusedCall& call) = 0;

 protected:
  ~ScenarioMemory() = default;
};

/// The memory of the running scenario thread, or null.
inline constinit thread_local ScenarioMemory* current_memory = nullptr;

/// Whether code lies in the program, and not in a shared library.
bool is_in_program(const void* code);

/// What initialising a static variable of a function asks for, where it is done anew in each
/// execution. As the functions of the C++ ABI, which get the variable's guard.
struct GuardFunctions {
  int (*acquire)(std::uint64_t* guard, const Caller& caller);
  void (*release)(std::uint64_t* guard, const Caller& caller);
  void (*abort)(std::uint64_t* guard, const Caller& caller);
};

/// Null: it is done once in the program.
inline constinit const GuardFunctions* guard_functions = nullptr;

/// Call from anywhere: makes the linker take our operators new and delete, and where exceptions are
/// allocated, also where others define them first.
void replace_operators();
void replace_exceptions();
/// The same for what code calls that initialises static variables.
void replace_static_variables();
void replace_random_device();
void replace_signal_mask();

}  // namespace heddle::runtime
