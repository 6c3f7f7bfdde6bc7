#include "checker/fiber/thread_locals.hpp"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "checker/fiber/sanitizer.hpp"

#if defined(__x86_64__)
#include <asm/prctl.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace heddle::fiber {
namespace {

/// Adds the variables of the program, which comes first, or of a library.
int add(dl_phdr_info* info, std::size_t, void* found) {
  auto& layout = *static_cast<ThreadLocalLayout*>(found);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    const auto* begin = static_cast<const std::byte*>(info->dlpi_tls_data);
    if (header.p_type != PT_TLS || begin == nullptr) continue;
    if (info->dlpi_name[0] == '\0') {
      layout.program = {begin, header.p_memsz};
      layout.initialised = {reinterpret_cast<const std::byte*>(info->dlpi_addr + header.p_vaddr),
                            header.p_filesz};
    }
    // Those of a library that came late may lie elsewhere. They are not found by the pointer.
    const std::ptrdiff_t distance = layout.pointer - begin;
    if (distance > 0 && distance < std::ptrdiff_t{ThreadLocals::memory_bytes}) {
      layout.below = std::max(layout.below, static_cast<std::size_t>(distance));
    }
  }
  return 0;
}

/// The distance of the pointer from the beginning of a copy.
std::size_t begin_of(const ThreadLocalLayout& layout) {
  constexpr std::size_t alignment = 4096;  // no variable has a larger one
  return (layout.below + alignment - 1) / alignment * alignment;
}

void set_pointer([[maybe_unused]] std::byte* pointer) {
#if defined(__x86_64__)
  constexpr unsigned long has_instruction = 2;  // HWCAP2_FSGSBASE
  if ((getauxval(AT_HWCAP2) & has_instruction) != 0) {
    asm volatile("wrfsbase %0" : : "r"(pointer) : "memory");
  } else {
    syscall(SYS_arch_prctl, ARCH_SET_FS, pointer);
  }
#endif
}

}  // namespace

ThreadLocalLayout ThreadLocalLayout::of_calling_thread() {
  ThreadLocalLayout layout;
#if defined(__x86_64__)
  asm("movq %%fs:0, %0" : "=r"(layout.pointer));
  // glibc's answer to debuggers.
  const auto* bytes =
      static_cast<const std::uint32_t*>(dlsym(RTLD_DEFAULT, "_thread_db_sizeof_pthread"));
  if (bytes != nullptr) layout.above = *bytes;
#endif
  dl_iterate_phdr(add, &layout);
  return layout;
}

bool ThreadLocalLayout::can_be_copied() const {
#ifdef HEDDLE_ASAN
  return false;
#else
  return above != 0 && begin_of(*this) + above <= ThreadLocals::memory_bytes;
#endif
}

ThreadLocals::ThreadLocals(const ThreadLocalLayout& there, std::byte* memory)
    : there_(there), here_(memory + begin_of(there)) {}

void ThreadLocals::reset() {
  std::memcpy(here_ - there_.below, there_.pointer - there_.below, there_.below + there_.above);
  // Its own address: that of the thread control block, and of the thread (glibc's tcbhead_t).
  auto** const record = reinterpret_cast<std::byte**>(here_);
  record[0] = record[2] = here_;
  std::byte* const variables = here_ - (there_.pointer - there_.program.data());
  std::memset(variables, 0, there_.program.size());
  std::memcpy(variables, there_.initialised.data(), there_.initialised.size());
}

std::span<const std::byte> ThreadLocals::program() const {
  return {here_ - (there_.pointer - there_.program.data()), there_.program.size()};
}

void ThreadLocals::enter() const { set_pointer(here_); }

void ThreadLocals::leave() const { set_pointer(there_.pointer); }

}  // namespace heddle::fiber
