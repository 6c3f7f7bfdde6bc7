// AVX-512: instructions that access only those elements of a vector that a mask register names.
#pragma once

#include <cstdint>
#include <optional>

#include "checker/memory/instruction.hpp"

namespace heddle::memory {

/// Where the processor's mask registers lie in the state that a signal handler gets (XSAVE,
/// standard format), in bytes; 0 if the processor has none.
std::uint32_t mask_registers_offset();

/// Mask register k1 to k7 of an interrupted thread. `offset`: see mask_registers_offset(). Returns
/// nothing if the state has no mask registers.
std::optional<std::uint64_t> mask_register(const Registers* registers, unsigned number,
                                           std::uint32_t offset);

/// Adds the accesses to the elements, of `element` bytes, of `whole` whose bits are set: one for
/// each run of neighbours. Returns false if they are too many.
bool add_masked(const Access& whole, std::uint32_t element, std::uint64_t mask,
                Instruction& instruction);

}  // namespace heddle::memory
