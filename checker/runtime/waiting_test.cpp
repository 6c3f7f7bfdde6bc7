// Which system call a signal found the program in.
#include "checker/runtime/waiting.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#if defined(__x86_64__)

namespace heddle::runtime {
namespace {

/// A page of code behind which nothing is mapped.
class Waiting : public testing::Test {
 protected:
  Waiting()
      : page_(static_cast<unsigned char*>(
            mmap(nullptr, 2 * bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    munmap(page_ + bytes, bytes);
  }
  ~Waiting() override { munmap(page_, bytes); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  /// The instruction `syscall`.
  unsigned char* call_at(std::size_t offset) {
    page_[offset] = 0x0f;
    page_[offset + 1] = 0x05;
    return page_ + offset;
  }

  static int interrupted(const unsigned char* next, long result) {
    ucontext_t context{};
    context.uc_mcontext.gregs[REG_RIP] = reinterpret_cast<greg_t>(next);
    context.uc_mcontext.gregs[REG_RAX] = result;
    return interrupted_call(&context);
  }

  const std::size_t bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  unsigned char* page_;
};

TEST_F(Waiting, IsFoundWhereTheCallGoesOn) {
  EXPECT_EQ(interrupted(call_at(100), SYS_read), SYS_read);
  EXPECT_EQ(interrupted(call_at(bytes - 2), SYS_futex), SYS_futex);
}

TEST_F(Waiting, IsFoundWhereTheCallFailed) {
  EXPECT_EQ(interrupted(call_at(100) + 2, -EINTR), unknown_system_call);
  EXPECT_EQ(interrupted(call_at(100) + 2, 0), no_system_call);
}

TEST_F(Waiting, MayTakeItsTimeForOutput) {
  EXPECT_EQ(interrupted(call_at(100), SYS_write), no_system_call);
}

/// At the end of a page, and where there is none: what a signal interrupts may be about to fault.
TEST_F(Waiting, IsNoneWhereThereIsNoCode) {
  errno = 7;
  for (const std::size_t offset : {bytes - 1, bytes, bytes + 1}) {
    for (const long result : {long{SYS_read}, long{-EINTR}}) {
      EXPECT_EQ(interrupted(page_ + offset, result), no_system_call) << offset;
    }
  }
  EXPECT_EQ(interrupted(nullptr, SYS_read), no_system_call);
  EXPECT_EQ(errno, 7);
}

}  // namespace
}  // namespace heddle::runtime

#endif
