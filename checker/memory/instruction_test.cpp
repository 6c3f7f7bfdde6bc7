// Many instructions do on shared memory what they do on memory of their own, or are refused.
#include "checker/memory/instruction.hpp"

#include <gtest/gtest.h>

#include <csetjmp>
#include <csignal>
#include <cstring>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "checker/memory/stepper.hpp"

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)

namespace heddle::memory {
namespace {

constexpr std::uint32_t block_bytes = 1024;

/// Registers before and behind an instruction, and the memory that it accesses.
struct Machine {
  std::uint64_t rax = 0x0102'0304'0506'0703;
  std::uint64_t rcx = 5;
  std::uint64_t rdx = 0xffff'ffff'ffff'ffb3;  // -77
  std::uint64_t rbx = 0;                      // the middle of the block
  std::uint64_t rsi = 0;                      // its beginning
  std::uint64_t rdi = 0;                      // 256 bytes behind the middle
  std::uint64_t flags = 0;
  std::uint64_t vector[4] = {0x8000'0000'8000'0000, 0x0000'0080'0000'0080, 3, 4};
};
static_assert(sizeof(Machine) == 88);

struct Case {
  const char* text;
  void (*run)(Machine&);
};

// With the registers of `machine`; leaves the red zone alone.
#define CASE(text)                                                                           \
  Case {                                                                                     \
    text, [](Machine& machine) {                                                             \
      register Machine* place asm("r12") = &machine;                                         \
      asm volatile(                                                                          \
          "mov 0(%%r12), %%rax\n\tmov 8(%%r12), %%rcx\n\tmov 16(%%r12), %%rdx\n\t"           \
          "mov 24(%%r12), %%rbx\n\tmov 32(%%r12), %%rsi\n\tmov 40(%%r12), %%rdi\n\t"         \
          "movdqu 56(%%r12), %%xmm0\n\tmovdqu 72(%%r12), %%xmm1\n\t"                         \
          "lea -256(%%rsp), %%rsp\n\txor %%r8d, %%r8d\n\t" text                              \
          "\n\tlea 256(%%rsp), %%rsp\n\t"                                                    \
          "mov %%rax, 0(%%r12)\n\tmov %%rcx, 8(%%r12)\n\tmov %%rdx, 16(%%r12)\n\t"           \
          "mov %%rsi, 32(%%r12)\n\tmov %%rdi, 40(%%r12)\n\tmovdqu %%xmm0, 56(%%r12)\n\t"     \
          "movdqu %%xmm1, 72(%%r12)\n\tlahf\n\tseto %%al\n\tmovzwl %%ax, %%eax\n\t"          \
          "mov %%rax, 48(%%r12)\n\tcld"                                                      \
          : "+r"(place)                                                                      \
          :                                                                                  \
          : "rax", "rcx", "rdx", "rbx", "rsi", "rdi", "r8", "xmm0", "xmm1", "memory", "cc"); \
    }                                                                                        \
  }

const Case cases_of_places[] = {
    // Bits by number, in any word.
    CASE("btq %%rcx, (%%rbx)"),
    CASE("btq %%rdx, (%%rbx)"),
    CASE("btsl %%edx, (%%rbx)"),
    CASE("btrw %%dx, (%%rbx)"),
    CASE("btcw %%cx, (%%rbx)"),
    CASE("btsq $77, (%%rbx)"),
    CASE("mov $1000, %%eax; btcl %%eax, (%%rbx)"),
    CASE("mov $-1, %%eax; btsw %%ax, (%%rbx)"),
    CASE("xlatb"),
    // The stack and memory.
    CASE("pushq (%%rbx); popq 8(%%rbx)"),
    CASE("pushw (%%rbx); popw 8(%%rbx)"),
    CASE("pushw 6(%%rbx); popw %%ax"),
    CASE("pushq $7; popq (%%rbx)"),
    CASE("pushfq; popq (%%rbx)"),
    // Strings.
    CASE("lodsq"),
    CASE("stosl"),
    CASE("movsb"),
    CASE("cmpsw"),
    CASE("scasb"),
    CASE("rep movsb"),
    CASE("rep movsq"),
    CASE("rep stosw"),
    CASE("rep lodsb"),
    CASE("mov %%rsi, %%rdi; repe cmpsb"),
    CASE("repne scasb"),
    CASE("repe scasw"),
    CASE("std; rep movsw"),
    CASE("std; rep stosq"),
    CASE("repne cmpsl"),
};
const Case cases_of_values[] = {
    // Arithmetic, in all sizes and ways to address.
    CASE("addb %%al, (%%rbx)"),
    CASE("adcw %%ax, 2(%%rbx)"),
    CASE("sbbl 4(%%rbx), %%eax"),
    CASE("incq (%%rbx)"),
    CASE("negb 3(%%rbx)"),
    CASE("notw (%%rbx,%%rcx,2)"),
    CASE("shlq %%cl, (%%rbx)"),
    CASE("shldl $3, %%eax, (%%rbx)"),
    CASE("rcrb $1, (%%rbx)"),
    CASE("imulq 8(%%rbx), %%rax"),
    CASE("xor %%edx, %%edx; divl (%%rbx)"),
    CASE("mulb (%%rbx)"),
    CASE("cmpxchgq %%rcx, (%%rbx)"),
    CASE("mov (%%rbx), %%rax; cmpxchgq %%rcx, (%%rbx)"),
    CASE("xaddl %%eax, (%%rbx)"),
    CASE("setc (%%rbx)"),
    CASE("cmovnzq (%%rbx), %%rax"),
    CASE("movbeq (%%rbx), %%rax"),
    CASE("crc32q (%%rbx), %%rax"),
    CASE("popcntl (%%rbx), %%eax"),
    CASE("movsbq (%%rbx), %%rax"),
    CASE("movzwl 1(%%rbx), %%eax"),
    CASE("movslq (%%rbx), %%rax"),
    CASE("movntiq %%rax, (%%rbx)"),
    CASE("movb $9, (%%rbx)"),
    CASE("testq $255, (%%rbx)"),
    CASE("movq %%rbx, %%rax; cmpxchg8b 16(%%rax)"),
    CASE("mov %%rbx, %%rsi; cmpxchg16b (%%rsi)"),
    // Vectors.
    CASE("movdqu (%%rbx), %%xmm0"),
    CASE("movups %%xmm0, 1(%%rbx)"),
    CASE("movaps %%xmm0, (%%rbx)"),
    CASE("movhps (%%rbx), %%xmm0"),
    CASE("movlpd %%xmm0, (%%rbx)"),
    CASE("movss (%%rbx), %%xmm0"),
    CASE("movntdq %%xmm0, (%%rbx)"),
    CASE("pinsrw $3, (%%rbx), %%xmm0"),
    CASE("pextrb $5, %%xmm0, (%%rbx)"),
    CASE("extractps $1, %%xmm0, (%%rbx)"),
    CASE("paddb (%%rbx), %%xmm0"),
    CASE("pshufb (%%rbx), %%xmm0"),
    CASE("pmovzxbw (%%rbx), %%xmm0"),
    CASE("cvtsi2sdl (%%rbx), %%xmm0"),
    CASE("movd (%%rbx), %%xmm0"),
    CASE("movq %%xmm0, (%%rbx)"),
    CASE("insertps $0x10, (%%rbx), %%xmm0"),
    CASE("lddqu 3(%%rbx), %%xmm0"),
    CASE("pcmpistri $0, (%%rbx), %%xmm0"),
    CASE("movddup (%%rbx), %%xmm0"),
    // x87, and the state of the processor.
    CASE("fldt (%%rbx); fstpt 16(%%rbx)"),
    CASE("fildll (%%rbx); fistpll 16(%%rbx)"),
    CASE("flds (%%rbx); fstpl 16(%%rbx)"),
    CASE("fildl (%%rbx); fbstp 16(%%rbx)"),
    CASE("fnstcw (%%rbx); fldcw (%%rbx)"),
    CASE("fnstsw (%%rbx)"),
    CASE("stmxcsr (%%rbx)"),
};

/// Their accesses can't be told, so they must be refused.
const Case refused_cases[] = {
    CASE("maskmovdqu %%xmm1, %%xmm0"),
};

class OnSharedMemory : public testing::Test {
 protected:
  void SetUp() override {
    active = this;
    struct sigaction action {};
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    action.sa_sigaction = [](int, siginfo_t*, void* context) {
      if (active->stepper_.finish(context)) return;
      const Fault fault = active->stepper_.begin(context, active->areas_, active->views_);
      if (fault != Fault::stepping) siglongjmp(active->back_, 1);
    };
    sigaction(SIGSEGV, &action, &former_);
    areas_.add({.bytes = block_bytes});
    areas_[0].cells().divide(0, block_bytes);
    block_ = areas_[0].block(1, 0);
    views_.emplace_back(areas_[0], block_);
    contents_.resize(block_bytes);
    std::iota(contents_.begin(), contents_.end(), 1);
  }
  void TearDown() override { sigaction(SIGSEGV, &former_, nullptr); }

  static Machine machine_on(std::byte* block) {
    Machine machine;
    machine.rbx = reinterpret_cast<std::uint64_t>(block + block_bytes / 2);
    machine.rsi = reinterpret_cast<std::uint64_t>(block + 16);
    machine.rdi = reinterpret_cast<std::uint64_t>(block + 256);
    return machine;
  }

  /// Registers that hold addresses are compared as distances.
  static std::string outcome(Machine machine, const std::byte* block, const std::string& memory) {
    for (std::uint64_t* each : {&machine.rax, &machine.rsi, &machine.rdi}) {
      const std::uint64_t distance = *each - reinterpret_cast<std::uint64_t>(block);
      if (distance < block_bytes) *each = distance;
    }
    machine.rbx = 0;
    return std::string(reinterpret_cast<const char*>(&machine), sizeof(machine)) + memory;
  }

  std::string on_memory_of_its_own(const Case& each) const {
    alignas(64) static std::byte memory[block_bytes];
    std::memcpy(memory, contents_.data(), block_bytes);
    Machine machine = machine_on(memory);
    each.run(machine);
    return outcome(machine, memory, {reinterpret_cast<const char*>(memory), block_bytes});
  }

  /// Empty if it was refused.
  std::string on_shared_memory(const Case& each) {
    views_[0].clear();
    views_[0].show(contents_.data());
    machine_ = machine_on(block_);
    if (sigsetjmp(back_, 1) != 0) {
      stepper_.close();
      return {};
    }
    each.run(machine_);
    std::string memory;
    for (std::uint32_t at = 0; at < block_bytes; ++at) {
      memory += static_cast<char>(views_[0].value({at, 1, true}));
    }
    return outcome(machine_, block_, memory);
  }

  static inline OnSharedMemory* active = nullptr;
  Areas areas_;
  std::vector<View> views_;
  Stepper stepper_;
  std::byte* block_ = nullptr;
  std::string contents_;
  Machine machine_;
  sigjmp_buf back_{};
  struct sigaction former_ {};
};

TEST_F(OnSharedMemory, InstructionsDoTheSame) {
  for (const std::span<const Case> cases :
       {std::span<const Case>(cases_of_places), std::span<const Case>(cases_of_values)}) {
    for (const Case& each : cases) {
      const std::string shared = on_shared_memory(each);
      ASSERT_NE(shared, "") << "refused: " << each.text;
      EXPECT_TRUE(shared == on_memory_of_its_own(each)) << each.text;
    }
  }
}

TEST_F(OnSharedMemory, OthersAreRefused) {
  for (const Case& each : refused_cases) EXPECT_EQ(on_shared_memory(each), "") << each.text;
}

}  // namespace
}  // namespace heddle::memory

#endif
