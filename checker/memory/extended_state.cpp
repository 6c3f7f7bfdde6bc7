#include "checker/memory/extended_state.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <ucontext.h>

#include <algorithm>
#include <cstring>

namespace heddle::memory {
namespace {

constexpr unsigned state_leaf = 0xd;  // of CPUID: its subleaf n describes component n
constexpr unsigned first_component = 2, last_component = 62;
constexpr unsigned mask_component = 5;
constexpr std::uint32_t header_end = 576;  // the first two components, and which there are

// What Linux adds to the area in signal frames: arch/x86/include/uapi/asm/sigcontext.h.
constexpr std::size_t magic_at = 464;
constexpr std::uint32_t magic = 0x46505853;  // FP_XSTATE_MAGIC1: there is more than FXSAVE's state
constexpr std::size_t size_at = magic_at + 16;
constexpr std::size_t components_at = 512;

struct Component {
  std::uint32_t bytes = 0;   // 0: there is no such component
  std::uint32_t offset = 0;  // with gaps
  bool is_aligned = false;   // to 64 bytes, without gaps
};

Component component(unsigned number) {
  unsigned bytes = 0, offset = 0, flags = 0, edx = 0;
  if (__get_cpuid_count(state_leaf, number, &bytes, &offset, &flags, &edx) == 0) return {};
  return {bytes, offset, (flags & 2U) != 0};
}

std::uint64_t enabled_components() {
  constexpr unsigned feature_leaf = 1, has_xgetbv = 1U << 27;
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(feature_leaf, &eax, &ebx, &ecx, &edx) == 0 || (ecx & has_xgetbv) == 0) return 0;
  asm volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return eax | static_cast<std::uint64_t>(edx) << 32;
}

template <typename Word>
Word word_at(const std::byte* state, std::size_t offset) {
  Word word = 0;
  std::memcpy(&word, state + offset, sizeof(word));
  return word;
}

}  // namespace

std::uint32_t extended_state_bytes(std::uint64_t wanted, bool compact) {
  const std::uint64_t stored = wanted & enabled_components();
  std::uint32_t end = header_end;
  for (unsigned number = first_component; number <= last_component; ++number) {
    if (((stored >> number) & 1) == 0) continue;
    const Component each = component(number);
    if (!compact) {
      end = std::max(end, each.offset + each.bytes);
      continue;
    }
    constexpr std::uint32_t alignment = 64;
    if (each.is_aligned) end = (end + alignment - 1) / alignment * alignment;
    end += each.bytes;
  }
  return end;
}

bool stores_compactly() {
  unsigned features = 0, ebx = 0, ecx = 0, edx = 0;
  constexpr unsigned has_xsavec = 1U << 1;
  if (__get_cpuid_count(state_leaf, 1, &features, &ebx, &ecx, &edx) == 0) return false;
  return (features & has_xsavec) != 0;
}

std::uint32_t mask_registers_offset() {
  const Component masks = component(mask_component);
  return masks.bytes == 0 ? 0 : masks.offset;
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

}  // namespace heddle::memory

#endif
