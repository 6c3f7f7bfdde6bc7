// Values that each thread has for itself.
#pragma once

#include <cstddef>
#include <span>

#include "checker/hooks/exported.hpp"

namespace heddle::hooks {

/// Calls the destructors of the calling thread's values, which ends.
void destroy_values(const Caller& caller);

/// Where it is noted which keys there are: to be a part of the program's data.
std::span<std::byte> key_memory();

}  // namespace heddle::hooks
