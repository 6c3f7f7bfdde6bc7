// What functions of the C library do that return a block which the caller is to free().
#pragma once

#include <cstddef>

namespace heddle::interpose {

/// A block as malloc() gives it to that caller: scenario memory if it is scenario code, null (and
/// errno) if there is none.
void* allocate(std::size_t bytes, const void* caller);

}  // namespace heddle::interpose
