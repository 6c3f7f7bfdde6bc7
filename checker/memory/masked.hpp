// AVX-512: instructions that access only those elements of a vector that a mask register names.
#pragma once

#include <cstdint>

#include "checker/memory/instruction.hpp"

namespace heddle::memory {

/// Adds the accesses to the elements, of `element` bytes, of `whole` whose bits are set: one for
/// each run of neighbours. Returns false if they are too many.
bool add_masked(const Access& whole, std::uint32_t element, std::uint64_t mask,
                Instruction& instruction);

}  // namespace heddle::memory
