// Static variables of functions, which scenario code initialises where it first comes there. It
// does so once in the program, not in each execution: they count as initialised ahead of all.
//
// So their destructors are not run: the run that they belong to is long gone at the program's end.
// A thread_local variable is its thread's, in each execution, and so is its destructor.
#include <cstdint>

#include "checker/runtime/original.hpp"
#include "checker/runtime/scenario_memory.hpp"

using Destructor = void (*)(void*);

namespace {

using heddle::runtime::current_memory;
using heddle::runtime::guard_functions;
using heddle::runtime::original;

/// The first byte says whether the variable is initialised. The rest is the C++ runtime's, for
/// several threads of the system.
using Guard = std::uint64_t;
unsigned char& is_initialised(Guard* guard) { return *reinterpret_cast<unsigned char*>(guard); }

}  // namespace

#define HERE \
  { __builtin_return_address(0), __builtin_frame_address(0) }

// The C++ ABI's functions for that (Itanium C++ ABI, sections 3.3.3 and 3.3.6). An initialiser that
// scenario code does not come back from leaves nothing to be undone: the next one begins anew.
extern "C" int __cxa_guard_acquire(Guard* guard) {
  if (current_memory == nullptr) return original<int(Guard*)>("__cxa_guard_acquire")(guard);
  if (guard_functions != nullptr) {
    return guard_functions->acquire(guard, HERE);
  }
  if (is_initialised(guard) != 0) return 0;
  current_memory->begin_static_variable();
  return 1;
}

extern "C" void __cxa_guard_release(Guard* guard) noexcept {
  if (current_memory == nullptr) return original<void(Guard*)>("__cxa_guard_release")(guard);
  if (guard_functions != nullptr) {
    guard_functions->release(guard, HERE);
    return;
  }
  is_initialised(guard) = 1;
  current_memory->end_static_variable();
}

extern "C" void __cxa_guard_abort(Guard* guard) noexcept {
  if (current_memory == nullptr) return original<void(Guard*)>("__cxa_guard_abort")(guard);
  if (guard_functions != nullptr) {
    guard_functions->abort(guard, HERE);
    return;
  }
  current_memory->end_static_variable();
}

extern "C" int __cxa_atexit(Destructor destructor, void* object, void* library) {
  if (current_memory != nullptr) return 0;
  return original<int(Destructor, void*, void*)>("__cxa_atexit")(destructor, object, library);
}

extern "C" int __cxa_thread_atexit(Destructor destructor, void* object, void* library) noexcept {
  if (current_memory == nullptr) {
    return original<int(Destructor, void*, void*)>("__cxa_thread_atexit")(destructor, object,
                                                                          library);
  }
  current_memory->at_thread_exit(destructor, object);
  return 0;
}

namespace heddle::runtime {

void replace_static_variables() {}

}  // namespace heddle::runtime
