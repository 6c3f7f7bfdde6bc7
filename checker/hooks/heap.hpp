// Which heap the program's malloc() and its family use, at each stage of its life.
#pragma once

#include <cstddef>
#include <span>

namespace heddle::hooks {

/// From here on, memory that is asked for lies in a place of its own: what the program's static
/// constructors allocate belongs to its data.
void begin_static_heap();
/// From here on, memory is the checker's, but for what explored threads ask for. Returns what was
/// allocated since the beginning.
std::span<std::byte> end_static_heap();

}  // namespace heddle::hooks
