#include "checker/runtime/waiting.hpp"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace heddle::runtime {
namespace {

struct Name {
  int number;
  const char* text;
};

constexpr Name names[] = {
    {SYS_read, "read"},         {SYS_readv, "readv"},     {SYS_pread64, "pread64"},
    {SYS_futex, "futex"},       {SYS_wait4, "wait4"},     {SYS_waitid, "waitid"},
    {SYS_connect, "connect"},   {SYS_accept, "accept"},   {SYS_accept4, "accept4"},
    {SYS_recvfrom, "recvfrom"}, {SYS_recvmsg, "recvmsg"}, {SYS_flock, "flock"},
    {SYS_fcntl, "fcntl"},       {SYS_openat, "openat"},   {SYS_ioctl, "ioctl"},
    {SYS_msgrcv, "msgrcv"},
};

#if defined(__x86_64__)
bool is_output(long number) {
  return number == SYS_write || number == SYS_writev || number == SYS_pwrite64 ||
         number == SYS_sendto || number == SYS_sendmsg || number == SYS_fsync;
}

/// The system is asked for the code: where the thread was, there need not be any. It may be at the
/// end of a page behind which nothing is mapped, as behind the copy of an instruction on shared
/// memory (checker/memory/stepper.hpp).
bool is_system_call(long code) {
  constexpr unsigned char instruction[] = {0x0f, 0x05};
  unsigned char there[sizeof instruction] = {};
  const iovec to{.iov_base = there, .iov_len = sizeof there};
  const iovec from{.iov_base = reinterpret_cast<void*>(code), .iov_len = sizeof there};
  return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == ssize_t{sizeof there} &&
         std::memcmp(there, instruction, sizeof instruction) == 0;
}
#endif

}  // namespace

int interrupted_call([[maybe_unused]] const void* registers) {
#if defined(__x86_64__)
  const auto& values = static_cast<const ucontext_t*>(registers)->uc_mcontext.gregs;
  const long next = values[REG_RIP];
  const long result = values[REG_RAX];
  const int error = errno;  // the interrupted thread's
  int call = no_system_call;
  if (is_system_call(next)) {
    // Where the call goes on behind the handler, the system sets the program back to it.
    if (!is_output(result)) call = static_cast<int>(result);
  } else if (result == -EINTR && is_system_call(next - 2)) {
    call = unknown_system_call;  // it has failed
  }
  errno = error;
  return call;
#else
  return no_system_call;
#endif
}

std::string system_call_name(int number) {
  for (const Name& name : names) {
    if (name.number == number) return "the system call " + std::string(name.text);
  }
  return number < 0 ? "a system call" : "the system call number " + std::to_string(number);
}

}  // namespace heddle::runtime
