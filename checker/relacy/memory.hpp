// malloc and its like for tests: blocks of the scenario, watched like those of new.
#pragma once

#include <cstddef>

#include "checker/relacy/site.hpp"

namespace rl {

void* rl_malloc(std::size_t size, debug_info info = debug_info::current());
/// Zeroed.
void* rl_calloc(std::size_t count, std::size_t size, debug_info info = debug_info::current());
/// Always moves the block, so that nobody relies on its staying. Only the thread that allocated a
/// block may do this: its contents are plain memory.
void* rl_realloc(void* block, std::size_t size, debug_info info = debug_info::current());
void rl_free(void* block, debug_info info = debug_info::current());

}  // namespace rl

/// `new ($) T` and what undoes it.
inline void* operator new(std::size_t size, rl::debug_info_param) { return operator new(size); }
inline void* operator new[](std::size_t size, rl::debug_info_param) { return operator new[](size); }
inline void operator delete(void* block, rl::debug_info_param) { operator delete(block); }
inline void operator delete[](void* block, rl::debug_info_param) { operator delete[](block); }
