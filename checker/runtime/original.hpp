// The functions of the C++ runtime that ours stand in front of.
#pragma once

#include <dlfcn.h>

namespace heddle::runtime {

/// The runtime's own function of that (mangled) name. Looked up each time: what is kept would be a
/// global that changes while a scenario runs.
template <typename Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace heddle::runtime
