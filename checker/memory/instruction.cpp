#include "checker/memory/instruction.hpp"

#if defined(__x86_64__)
#include <Zydis/Zydis.h>
#include <ucontext.h>

#include "checker/memory/extended_state.hpp"
#include "checker/memory/masked.hpp"

namespace heddle::memory {
namespace {

// Made before any scenario runs, whose globals must stay as they are.
const ZydisDecoder decoder = [] {
  ZydisDecoder made;
  ZydisDecoderInit(&made, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
  return made;
}();
const std::uint32_t masks_offset = mask_registers_offset();

ZydisRegisterContext context_of(const greg_t* values) {
  ZydisRegisterContext context{};
  constexpr std::pair<ZydisRegister, int> general[] = {
      {ZYDIS_REGISTER_RAX, REG_RAX}, {ZYDIS_REGISTER_RBX, REG_RBX}, {ZYDIS_REGISTER_RCX, REG_RCX},
      {ZYDIS_REGISTER_RDX, REG_RDX}, {ZYDIS_REGISTER_RSI, REG_RSI}, {ZYDIS_REGISTER_RDI, REG_RDI},
      {ZYDIS_REGISTER_RBP, REG_RBP}, {ZYDIS_REGISTER_RSP, REG_RSP}, {ZYDIS_REGISTER_R8, REG_R8},
      {ZYDIS_REGISTER_R9, REG_R9},   {ZYDIS_REGISTER_R10, REG_R10}, {ZYDIS_REGISTER_R11, REG_R11},
      {ZYDIS_REGISTER_R12, REG_R12}, {ZYDIS_REGISTER_R13, REG_R13}, {ZYDIS_REGISTER_R14, REG_R14},
      {ZYDIS_REGISTER_R15, REG_R15}};
  for (const auto& [name, number] : general) {
    context.values[name] = static_cast<ZyanU64>(values[number]);
    // The same register as part of a shorter address.
    const ZydisRegisterClass narrow = ZYDIS_REGCLASS_GPR32;
    context.values[ZydisRegisterEncode(narrow, static_cast<ZyanU8>(ZydisRegisterGetId(name)))] =
        static_cast<std::uint32_t>(values[number]);
  }
  return context;
}

/// What is stored of the processor's registers by one instruction depends on the processor.
std::uint32_t size_of(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand& operand,
                      const ZydisRegisterContext& context) {
  constexpr std::uint64_t low = 0xffff'ffff;
  const std::uint64_t wanted =
      (context.values[ZYDIS_REGISTER_RDX] & low) << 32 | (context.values[ZYDIS_REGISTER_RAX] & low);
  switch (decoded.mnemonic) {
    case ZYDIS_MNEMONIC_XSAVE:
    case ZYDIS_MNEMONIC_XSAVE64:
    case ZYDIS_MNEMONIC_XSAVEOPT:
    case ZYDIS_MNEMONIC_XSAVEOPT64:
      return extended_state_bytes(wanted, false);
    case ZYDIS_MNEMONIC_XSAVEC:
    case ZYDIS_MNEMONIC_XSAVEC64:
      return extended_state_bytes(wanted, true);
    case ZYDIS_MNEMONIC_XRSTOR:
    case ZYDIS_MNEMONIC_XRSTOR64:
      return extended_state_bytes(wanted, stores_compactly());
    default:
      return operand.size / 8U;
  }
}

/// Whether the instruction accesses memory element by element, as its mask says. Others may read
/// more than that: a table to permute, say.
bool goes_by_elements(ZydisMnemonic mnemonic) {
  switch (mnemonic) {
    case ZYDIS_MNEMONIC_VMOVDQU8:
    case ZYDIS_MNEMONIC_VMOVDQU16:
    case ZYDIS_MNEMONIC_VMOVDQU32:
    case ZYDIS_MNEMONIC_VMOVDQU64:
    case ZYDIS_MNEMONIC_VMOVDQA32:
    case ZYDIS_MNEMONIC_VMOVDQA64:
    case ZYDIS_MNEMONIC_VMOVUPS:
    case ZYDIS_MNEMONIC_VMOVUPD:
    case ZYDIS_MNEMONIC_VMOVAPS:
    case ZYDIS_MNEMONIC_VMOVAPD:
    case ZYDIS_MNEMONIC_VPCMPB:
    case ZYDIS_MNEMONIC_VPCMPUB:
    case ZYDIS_MNEMONIC_VPCMPW:
    case ZYDIS_MNEMONIC_VPCMPUW:
    case ZYDIS_MNEMONIC_VPCMPD:
    case ZYDIS_MNEMONIC_VPCMPUD:
    case ZYDIS_MNEMONIC_VPCMPQ:
    case ZYDIS_MNEMONIC_VPCMPUQ:
    case ZYDIS_MNEMONIC_VPCMPEQB:
    case ZYDIS_MNEMONIC_VPCMPEQW:
    case ZYDIS_MNEMONIC_VPCMPEQD:
    case ZYDIS_MNEMONIC_VPCMPEQQ:
      return true;
    default:
      return false;
  }
}

/// Whether AVX's older instructions with masks, that lie in vectors, write.
bool writes_by_vector(ZydisMnemonic mnemonic) {
  switch (mnemonic) {
    case ZYDIS_MNEMONIC_MASKMOVQ:
    case ZYDIS_MNEMONIC_MASKMOVDQU:
    case ZYDIS_MNEMONIC_VMASKMOVDQU:
    case ZYDIS_MNEMONIC_VMASKMOVPS:
    case ZYDIS_MNEMONIC_VMASKMOVPD:
    case ZYDIS_MNEMONIC_VPMASKMOVD:
    case ZYDIS_MNEMONIC_VPMASKMOVQ:
      return true;
    default:
      return false;
  }
}

/// Adds the access of an operand. Where a mask tells which elements it has, and the mask can't be
/// had, all are taken to be read; none may be taken to be written.
bool add(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand& operand,
         const Access& access, const Registers* registers, Instruction& instruction) {
  const auto& avx = decoded.avx;
  const bool has_mask = avx.mask.mode > ZYDIS_MASK_MODE_DISABLED &&
                        avx.mask.reg > ZYDIS_REGISTER_K0 && avx.mask.reg <= ZYDIS_REGISTER_K7;
  if (has_mask && avx.broadcast.mode == ZYDIS_BROADCAST_MODE_INVALID &&
      goes_by_elements(decoded.mnemonic)) {
    const auto number = static_cast<unsigned>(avx.mask.reg - ZYDIS_REGISTER_K0);
    const auto mask = mask_register(registers, number, masks_offset);
    const std::uint8_t before = instruction.access_count;
    if (mask && add_masked(access, operand.element_size / 8U, *mask, instruction)) return true;
    instruction.access_count = before;
  }
  if (access.writes && (has_mask || writes_by_vector(decoded.mnemonic))) return false;
  if (instruction.access_count == instruction.access_list.size()) return false;
  instruction.access_list[instruction.access_count++] = access;
  return true;
}

bool is_bit_test(ZydisMnemonic mnemonic) {
  return mnemonic == ZYDIS_MNEMONIC_BT || mnemonic == ZYDIS_MNEMONIC_BTS ||
         mnemonic == ZYDIS_MNEMONIC_BTR || mnemonic == ZYDIS_MNEMONIC_BTC;
}

/// How far from its operand's address an instruction accesses memory, where that is not zero.
std::int64_t distance_from_address(const ZydisDecodedInstruction& decoded,
                                   const ZydisDecodedOperand* operands,
                                   const ZydisDecodedOperand& operand,
                                   const ZydisRegisterContext& context) {
  if (is_bit_test(decoded.mnemonic) && operands[1].type == ZYDIS_OPERAND_TYPE_REGISTER) {
    // The bit's number, with a sign, may lead to any word.
    const auto whole =
        ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, operands[1].reg.value);
    const unsigned unused = 64U - operand.size;
    const auto bit = static_cast<std::int64_t>(context.values[whole] << unused) >> unused;
    return (bit >> (operand.size == 64 ? 6 : operand.size == 32 ? 5 : 4)) * (operand.size / 8);
  }
  if (decoded.mnemonic == ZYDIS_MNEMONIC_XLAT) {
    return static_cast<std::uint8_t>(context.values[ZYDIS_REGISTER_RAX]);
  }
  const bool is_hidden = operand.visibility == ZYDIS_OPERAND_VISIBILITY_HIDDEN;
  const bool on_stack = operand.mem.base == ZYDIS_REGISTER_RSP;
  const bool writes = (operand.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0;
  // A push makes room first; a pop has given it back before it computes where to write.
  if (is_hidden && on_stack && writes) return -(operand.size / 8);
  if (!is_hidden && on_stack && decoded.mnemonic == ZYDIS_MNEMONIC_POP) return operand.size / 8;
  return 0;
}

/// Whether all that the instruction accesses is in its operands, and it goes on as add_flow() says.
bool can_be_told(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand* operands) {
  switch (decoded.mnemonic) {
    case ZYDIS_MNEMONIC_ENTER:  // copies other frames' addresses
    case ZYDIS_MNEMONIC_LEAVE:  // reads where another register points than its operand has
    case ZYDIS_MNEMONIC_MOVDIR64B:
    case ZYDIS_MNEMONIC_ENQCMD:
    case ZYDIS_MNEMONIC_ENQCMDS:
    case ZYDIS_MNEMONIC_CLZERO:  // the memory is no operand
    case ZYDIS_MNEMONIC_IRET:
    case ZYDIS_MNEMONIC_IRETD:
    case ZYDIS_MNEMONIC_IRETQ:
      return false;
    default:
      break;
  }
  const bool branches = decoded.meta.branch_type != ZYDIS_BRANCH_TYPE_NONE;
  if (decoded.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR) return false;
  if (branches && decoded.operand_width == 16) return false;
  const bool is_push = decoded.mnemonic == ZYDIS_MNEMONIC_PUSH;
  for (std::size_t i = 0; i < decoded.operand_count; ++i) {
    if (operands[i].type != ZYDIS_OPERAND_TYPE_MEMORY) continue;
    const auto& memory = operands[i].mem;
    if (memory.base == ZYDIS_REGISTER_EIP) return false;
    // What goes on from memory is read there by the address, which says nothing of segments.
    const bool in_segment =
        memory.segment == ZYDIS_REGISTER_FS || memory.segment == ZYDIS_REGISTER_GS;
    if (in_segment && (branches || is_push)) return false;
  }
  constexpr ZydisInstructionAttributes repeated =
      ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;
  return decoded.address_width == 64 || (decoded.attributes & repeated) == 0;  // by RCX
}

/// Adds what an operand accesses. Returns false if that can't be told.
bool add(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand* operands,
         std::size_t number, const std::byte* code, const ZydisRegisterContext& context,
         const Registers* registers, Instruction& instruction) {
  const ZydisDecodedOperand& operand = operands[number];
  if (operand.type != ZYDIS_OPERAND_TYPE_MEMORY) return true;
  if (operand.mem.type == ZYDIS_MEMOP_TYPE_AGEN || operand.mem.type == ZYDIS_MEMOP_TYPE_MIB) {
    return true;  // only computes an address
  }
  if (operand.mem.type == ZYDIS_MEMOP_TYPE_VSIB) return false;  // gathers or scatters
  // Thread-local data is never a scenario's block.
  if (operand.mem.segment == ZYDIS_REGISTER_FS || operand.mem.segment == ZYDIS_REGISTER_GS) {
    return true;
  }
  ZyanU64 address = 0;
  if (!ZYAN_SUCCESS(ZydisCalcAbsoluteAddressEx(&decoded, &operand, reinterpret_cast<ZyanU64>(code),
                                               &context, &address))) {
    return false;
  }
  if (operand.mem.base == ZYDIS_REGISTER_RIP) {
    instruction.distance_at = decoded.raw.disp.offset;
  }
  Access access{.address = reinterpret_cast<std::byte*>(address),
                .size = size_of(decoded, operand, context),
                .reads = (operand.actions & ZYDIS_OPERAND_ACTION_MASK_READ) != 0,
                .writes = (operand.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0};
  access.address += distance_from_address(decoded, operands, operand, context);
  return add(decoded, operand, access, registers, instruction);
}

std::uint64_t target_of(const ZydisDecodedOperand& operand, const std::byte* next,
                        const ZydisRegisterContext& context) {
  if (operand.type == ZYDIS_OPERAND_TYPE_REGISTER) return context.values[operand.reg.value];
  return reinterpret_cast<std::uint64_t>(next) + operand.imm.value.u;
}

/// Tells how an instruction goes on that can't be executed elsewhere.
void add_flow(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand* operands,
              const std::byte* code, const ZydisRegisterContext& context,
              Instruction& instruction) {
  const bool from_memory = operands[0].type == ZYDIS_OPERAND_TYPE_MEMORY &&
                           operands[0].visibility == ZYDIS_OPERAND_VISIBILITY_EXPLICIT;
  switch (decoded.mnemonic) {
    case ZYDIS_MNEMONIC_CALL:
      instruction.flow = from_memory ? Flow::call_from : Flow::call;
      if (!from_memory) instruction.target = target_of(operands[0], code + decoded.length, context);
      return;
    case ZYDIS_MNEMONIC_JMP:
      instruction.flow = Flow::jump_from;
      return;
    case ZYDIS_MNEMONIC_RET:
      instruction.flow = Flow::ret;
      if (operands[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
        instruction.released = static_cast<std::uint16_t>(operands[0].imm.value.u);
      }
      return;
    case ZYDIS_MNEMONIC_PUSH:
      if (from_memory) instruction.flow = Flow::push_from;
      instruction.pushed = static_cast<std::uint8_t>(operands[0].size / 8U);
      return;
    default:
      return;
  }
}

}  // namespace

const std::byte* code_at(const Registers* registers) {
  const auto* context = static_cast<const ucontext_t*>(registers);
  return reinterpret_cast<const std::byte*>(context->uc_mcontext.gregs[REG_RIP]);
}

bool decode(const std::byte* code, const Registers* registers, Instruction& instruction) {
  ZydisDecodedInstruction decoded;
  ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
  if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, code, ZYDIS_MAX_INSTRUCTION_LENGTH, &decoded,
                                           operands))) {
    return false;
  }
  const auto context = context_of(static_cast<const ucontext_t*>(registers)->uc_mcontext.gregs);
  instruction = {};
  instruction.length = decoded.length;
  if (!can_be_told(decoded, operands)) return false;
  for (std::size_t i = 0; i < decoded.operand_count; ++i) {
    if (!add(decoded, operands, i, code, context, registers, instruction)) return false;
  }
  const bool locked = (decoded.attributes & ZYDIS_ATTRIB_HAS_LOCK) != 0;
  instruction.atomic = locked || decoded.mnemonic == ZYDIS_MNEMONIC_XCHG;
  add_flow(decoded, operands, code, context, instruction);
  instruction.while_equal = (decoded.attributes & ZYDIS_ATTRIB_HAS_REPE) != 0;
  instruction.while_unequal = (decoded.attributes & ZYDIS_ATTRIB_HAS_REPNE) != 0;
  instruction.repeats = instruction.while_equal || instruction.while_unequal ||
                        (decoded.attributes & ZYDIS_ATTRIB_HAS_REP) != 0;
  return true;
}

}  // namespace heddle::memory

#else

namespace heddle::memory {

const std::byte* code_at(const Registers*) { return nullptr; }
bool decode(const std::byte*, const Registers*, Instruction&) { return false; }

}  // namespace heddle::memory

#endif
