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

/// Adds what an operand accesses. Returns false if that can't be told.
bool add(const ZydisDecodedInstruction& decoded, const ZydisDecodedOperand& operand,
         const std::byte* code, const ZydisRegisterContext& context, const Registers* registers,
         Instruction& instruction) {
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
  // A push makes room first.
  const bool pushes = operand.visibility == ZYDIS_OPERAND_VISIBILITY_HIDDEN && access.writes &&
                      operand.mem.base == ZYDIS_REGISTER_RSP;
  if (pushes) access.address -= access.size;
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
  for (std::size_t i = 0; i < decoded.operand_count; ++i) {
    if (!add(decoded, operands[i], code, context, registers, instruction)) return false;
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
