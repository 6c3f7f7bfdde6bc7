#include "checker/memory/masked.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <ucontext.h>

#include <cstring>

namespace heddle::memory {
namespace {

// The layout of XSAVE's area: Intel's manual, volume 1, section 13.4; what Linux adds to it in
// signal frames: arch/x86/include/uapi/asm/sigcontext.h.
constexpr std::size_t magic_at = 464;
constexpr std::uint32_t magic = 0x46505853;  // FP_XSTATE_MAGIC1: there is more than FXSAVE's state
constexpr std::size_t size_at = magic_at + 16;
constexpr std::size_t components_at = 512;
constexpr unsigned mask_component = 5;

template <typename Word>
Word word_at(const std::byte* state, std::size_t offset) {
  Word word = 0;
  std::memcpy(&word, state + offset, sizeof(word));
  return word;
}

}  // namespace

std::uint32_t mask_registers_offset() {
  constexpr unsigned extended_state = 0xd;
  unsigned bytes = 0, offset = 0, ecx = 0, edx = 0;
  if (__get_cpuid_count(extended_state, mask_component, &bytes, &offset, &ecx, &edx) == 0) return 0;
  return bytes == 0 ? 0 : offset;
}

std::optional<std::uint64_t> mask_register(const Registers* registers, unsigned number,
                                           std::uint32_t offset) {
  const auto* state = reinterpret_cast<const std::byte*>(
      static_cast<const ucontext_t*>(registers)->uc_mcontext.fpregs);
  if (state == nullptr || offset == 0 || word_at<std::uint32_t>(state, magic_at) != magic) {
    return std::nullopt;
  }
  const std::size_t at = offset + number * sizeof(std::uint64_t);
  if (at + sizeof(std::uint64_t) > word_at<std::uint32_t>(state, size_at)) return std::nullopt;
  // What is not there is as it was initially.
  const bool is_saved = ((word_at<std::uint64_t>(state, components_at) >> mask_component) & 1) != 0;
  return is_saved ? word_at<std::uint64_t>(state, at) : 0;
}

bool add_masked(const Access& whole, std::uint32_t element, std::uint64_t mask,
                Instruction& instruction) {
  const std::uint32_t count = whole.size / element;
  for (std::uint32_t at = 0; at < count;) {
    const std::uint32_t begin = at;
    while (at < count && ((mask >> at) & 1) != 0) ++at;
    if (begin == at) {
      ++at;
      continue;
    }
    if (instruction.access_count == instruction.access_list.size()) return false;
    Access run = whole;
    run.address += begin * element;
    run.size = (at - begin) * element;
    instruction.access_list[instruction.access_count++] = run;
  }
  return true;
}

}  // namespace heddle::memory

#endif
