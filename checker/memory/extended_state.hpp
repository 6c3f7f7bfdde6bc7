// The processor's registers as XSAVE stores them (Intel's manual, volume 1, chapter 13).
#pragma once

#include <cstdint>
#include <optional>

#include "checker/memory/instruction.hpp"

namespace heddle::memory {

/// Bytes that XSAVE or XRSTOR access. `wanted`: the components, a bit each, of those that the
/// system has enabled. `compact`: whether they are stored without gaps.
std::uint32_t extended_state_bytes(std::uint64_t wanted, bool compact);
/// Whether the processor can store them without gaps. Then glibc, which alone does such things in
/// programs (where it binds symbols lazily), does so.
bool stores_compactly();

/// Where AVX-512's mask registers lie in the state that a signal handler gets, in bytes; 0 if the
/// processor has none.
std::uint32_t mask_registers_offset();
/// Mask register k1 to k7 of an interrupted thread. `offset`: see mask_registers_offset(). Returns
/// nothing if the state has no mask registers.
std::optional<std::uint64_t> mask_register(const Registers* registers, unsigned number,
                                           std::uint32_t offset);

}  // namespace heddle::memory
