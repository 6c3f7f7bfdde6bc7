// Destructors of static and thread_local variables that scenario code makes. They would run at the
// program's end, on scenario memory that is long gone; the change of the variable is reported.
#include <dlfcn.h>

#include "checker/runtime/heap.hpp"

using Destructor = void (*)(void*);

namespace {

bool registers_in_scenario() { return heddle::runtime::current_heap != nullptr; }

/// The C++ runtime's own function.
template <typename Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The C++ ABI's functions for that (Itanium C++ ABI, section 3.3.6).
extern "C" int __cxa_atexit(Destructor destructor, void* object, void* library) {
  if (registers_in_scenario()) return 0;
  return original<int(Destructor, void*, void*)>("__cxa_atexit")(destructor, object, library);
}

extern "C" int __cxa_thread_atexit(Destructor destructor, void* object, void* library) noexcept {
  if (registers_in_scenario()) return 0;
  return original<int(Destructor, void*, void*)>("__cxa_thread_atexit")(destructor, object,
                                                                        library);
}

namespace heddle::runtime {

void replace_exit_functions() {}

}  // namespace heddle::runtime
