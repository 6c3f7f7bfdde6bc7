// What a machine instruction does to memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "checker/memory/view.hpp"

namespace heddle::memory {

/// The registers of a thread of control, as a signal handler gets them: a ucontext_t.
using Registers = void;

/// The instruction at which they are.
const std::byte* code_at(const Registers* registers);

/// Where the thread goes on behind an instruction.
enum class Flow : std::uint8_t {
  next,       // the instruction may be executed anywhere
  call,       // at `target`
  call_from,  // at the address that the first access reads
  jump_from,
  ret,
  push_from,  // at the next one; what the first access reads comes onto the stack
};

/// An instruction with the addresses that it accesses, as its registers are.
struct Instruction {
  std::uint8_t length = 0;  // bytes
  std::uint8_t access_count = 0;
  std::array<Access, 8> access_list = {};  // that of the stack is the last one
  bool atomic = false;                     // a locked read-modify-write
  Flow flow = Flow::next;
  std::uint64_t target = 0;                         // of a call
  std::uint16_t released = 0;                       // bytes of the stack, by a return
  std::uint8_t pushed = 8;                          // bytes, by a push_from
  std::uint8_t distance_at = 0;                     // where it has a distance of its own address
                                                    // from data; 0: it has none
  bool repeats = false;                             // as often as a register says
  bool while_equal = false, while_unequal = false;  // or as long as comparisons say

  std::span<const Access> accesses() const { return {access_list.data(), access_count}; }
};

/// Decodes the instruction at `code` (x86-64). Returns false if it is none, or if it can't be told
/// what it accesses: gathers, scatters, the rarer ones of those with masks, and rare ones of the
/// stack and of control.
bool decode(const std::byte* code, const Registers* registers, Instruction& instruction);

}  // namespace heddle::memory
