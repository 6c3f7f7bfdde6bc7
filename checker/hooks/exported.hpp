// What the explored program calls, in place of what it was compiled for.
#pragma once

#include "checker/runtime/scenario_memory.hpp"

/// For functions that stand in front of those of libraries.
#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default"), noinline))

/// Who called the function that this stands in, which must be compiled with a frame pointer.
#define HEDDLE_CALLER \
  heddle::runtime::Caller { __builtin_return_address(0), __builtin_frame_address(0) }

namespace heddle::hooks {

using runtime::Caller;

/// The memory of the thread of the program that runs, which asks for things to be explored; null
/// outside of the exploration: in static constructors, and for the checker's own code.
inline runtime::ScenarioMemory* explored() { return runtime::current_memory; }

}  // namespace heddle::hooks
