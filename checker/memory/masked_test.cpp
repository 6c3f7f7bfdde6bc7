#include "checker/memory/masked.hpp"

#include <gtest/gtest.h>

#include "checker/memory/extended_state.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <ucontext.h>

#include <cstring>
#include <string>
#include <vector>

namespace heddle::memory {
namespace {

// vmovdqu8 [rdi]{k1}, ymm0
constexpr unsigned char store_bytes[] = {0x62, 0xf1, 0x7f, 0x29, 0x7f, 0x07};
// vmovdqu32 ymm0{k1}{z}, [rdi]
constexpr unsigned char load_words[] = {0x62, 0xf1, 0x7e, 0xa9, 0x6f, 0x07};
// vpcompressd [rdi]{k1}, ymm0
constexpr unsigned char compress[] = {0x62, 0xf2, 0x7d, 0x29, 0x8b, 0x07};
// vpermd ymm0{k1}, ymm1, [rdi]
constexpr unsigned char permute[] = {0x62, 0xf2, 0x75, 0x29, 0x36, 0x07};
// vmaskmovps [rdi], ymm1, ymm0
constexpr unsigned char old_store[] = {0xc4, 0xe2, 0x75, 0x2e, 0x07};
// vpgatherdd ymm0{k1}, [rdi+ymm1]
constexpr unsigned char gather[] = {0x62, 0xf2, 0x7d, 0x29, 0x90, 0x04, 0x0f};

/// A thread that was interrupted with a value in k1, as Linux shows it.
class Interrupted {
 public:
  Interrupted(std::uint64_t mask, std::uint32_t offset) : state_(4096) {
    put<std::uint32_t>(464, 0x46505853);
    put<std::uint32_t>(480, static_cast<std::uint32_t>(state_.size()));
    put<std::uint64_t>(512, 1 << 5);
    put<std::uint64_t>(offset + 8, mask);
    context_.uc_mcontext.fpregs = reinterpret_cast<fpregset_t>(state_.data());
    context_.uc_mcontext.gregs[REG_RDI] = reinterpret_cast<greg_t>(state_.data());
  }
  template <typename Word>
  void put(std::size_t at, Word word) {
    std::memcpy(&state_[at], &word, sizeof(word));
  }
  const Registers* registers() const { return &context_; }
  const std::byte* data() const { return state_.data(); }

 private:
  std::vector<std::byte> state_;
  ucontext_t context_{};
};

constexpr std::uint32_t anywhere = 1088;

TEST(Masked, RegistersAreReadFromTheSavedState) {
  Interrupted thread(0x1234, anywhere);
  EXPECT_EQ(mask_register(thread.registers(), 1, anywhere), 0x1234U);
  EXPECT_EQ(mask_register(thread.registers(), 2, anywhere), 0U);
  EXPECT_EQ(mask_register(thread.registers(), 1, 0), std::nullopt);
  EXPECT_EQ(mask_register(thread.registers(), 1, 4090), std::nullopt) << "beyond what was saved";
  thread.put<std::uint64_t>(512, 0);
  EXPECT_EQ(mask_register(thread.registers(), 1, anywhere), 0U) << "as it was initially";
  thread.put<std::uint32_t>(464, 0);
  EXPECT_EQ(mask_register(thread.registers(), 1, anywhere), std::nullopt);
}

TEST(Masked, NeighboursAreOneAccess) {
  std::byte memory[64];
  Instruction instruction;
  ASSERT_TRUE(add_masked({memory, 32, true, false}, 4, 0b1101'1110, instruction));
  ASSERT_EQ(instruction.access_count, 2);
  EXPECT_EQ(instruction.access_list[0].address, memory + 4);
  EXPECT_EQ(instruction.access_list[0].size, 16U);
  EXPECT_EQ(instruction.access_list[1].address, memory + 24);
  EXPECT_EQ(instruction.access_list[1].size, 8U);
  Instruction scattered;
  EXPECT_FALSE(add_masked({memory, 64, true, false}, 1, 0x5555'5555'5555'5555, scattered));
}

/// What decoding tells of each instruction: "12r" for reading 12 bytes, "?" if nothing.
template <std::size_t length>
std::string accesses_of(const unsigned char (&code)[length], std::uint64_t mask) {
  // On a processor without mask registers, they are nowhere.
  const std::uint32_t offset = mask_registers_offset() == 0 ? anywhere : mask_registers_offset();
  const Interrupted thread(mask, offset);
  Instruction instruction;
  if (!decode(reinterpret_cast<const std::byte*>(code), thread.registers(), instruction)) {
    return "?";
  }
  EXPECT_EQ(instruction.length, length);
  std::string text;
  for (const Access& access : instruction.accesses()) {
    text += (text.empty() ? "" : " ") + std::to_string(access.address - thread.data()) + "+" +
            std::to_string(access.size) + (access.reads ? "r" : "") + (access.writes ? "w" : "");
  }
  return text;
}

TEST(Masked, InstructionsAccessWhatTheMaskSays) {
  const bool has_masks = mask_registers_offset() != 0;
  EXPECT_EQ(accesses_of(store_bytes, 0b111), has_masks ? "0+3w" : "?");
  EXPECT_EQ(accesses_of(load_words, 0b110), has_masks ? "4+8r" : "0+32r");
  EXPECT_EQ(accesses_of(load_words, 0), has_masks ? "" : "0+32r");
}

TEST(Masked, OthersAreTakenToReadAllAndRefusedIfTheyWrite) {
  EXPECT_EQ(accesses_of(permute, 1), "0+32r");
  EXPECT_EQ(accesses_of(compress, 1), "?");
  EXPECT_EQ(accesses_of(old_store, 1), "?");
  EXPECT_EQ(accesses_of(gather, 1), "?");
}

TEST(ExtendedState, HasTheSizeThatTheProcessorSays) {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  unsigned enabled = 0, most = 0, ebx = 0, edx = 0;
  __cpuid_count(0xd, 0, ebx, enabled, most, edx);
  EXPECT_EQ(extended_state_bytes(all, false), enabled);
  EXPECT_LE(extended_state_bytes(all, true), enabled);
  EXPECT_EQ(extended_state_bytes(0b11, true), 576U);
}

/// Executes XSAVE on a buffer and returns where what it changed ends.
std::size_t end_of_save(std::uint32_t components, bool compact) {
  alignas(64) static std::byte buffer[16384];
  std::memset(buffer, 0x5a, sizeof(buffer));
  std::memset(buffer + 512, 0, 64);
  // Registers that are as they were initially may not be stored: give them values.
  asm volatile("vpcmpeqd %%ymm15, %%ymm15, %%ymm15" : : : "xmm15");
  if (compact) {
    asm volatile("xsavec %0" : "+m"(buffer) : "a"(components), "d"(0));
  } else {
    asm volatile("xsave %0" : "+m"(buffer) : "a"(components), "d"(0));
  }
  std::size_t end = sizeof(buffer);
  while (buffer[end - 1] == std::byte{0x5a}) --end;
  return end;
}

TEST(ExtendedState, IsStoredWithinItsBytes) {
  constexpr std::uint32_t vectors = 0b110;      // SSE and AVX
  if (!__builtin_cpu_supports("avx2")) return;  // nothing to store
  EXPECT_EQ(end_of_save(vectors, false), extended_state_bytes(vectors, false));
  if (stores_compactly()) {
    EXPECT_EQ(end_of_save(vectors, true), extended_state_bytes(vectors, true));
  }
}

}  // namespace
}  // namespace heddle::memory

#endif
