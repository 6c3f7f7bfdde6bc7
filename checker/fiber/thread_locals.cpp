#include "checker/fiber/thread_locals.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cerrno>
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
      constexpr std::size_t granule = 16;  // they are looked at in whole words
      const std::size_t below =
          (static_cast<std::size_t>(distance) + granule - 1) / granule * granule;
      layout.below = std::max(layout.below, below);
    }
  }
  return 0;
}

/// The distance of the pointer from the beginning of a copy.
std::size_t begin_of(const ThreadLocalLayout& layout) {
  constexpr std::size_t alignment = 4096;  // no variable has a larger one
  return (layout.below + alignment - 1) / alignment * alignment;
}

/// What scenario threads begin with. It is copied once: what the calling thread's libraries keep
/// may change from run to run (errno; the processor that it runs on), and threads must begin alike.
std::vector<std::byte> image_of(const ThreadLocalLayout& layout) {
  const std::byte* begin = layout.pointer - layout.below;
  std::vector<std::byte> image(begin, begin + layout.below + layout.above);
  const auto clear = [&](const void* variable, std::size_t bytes) {
    const auto* from = static_cast<const std::byte*>(variable);
    if (from < begin || from >= layout.pointer) return;
    std::memset(&image[static_cast<std::size_t>(from - begin)], 0, bytes);
  };
  clear(layout.program.data(), layout.program.size());
  if (!layout.initialised.empty()) {
    std::memcpy(&image[static_cast<std::size_t>(layout.program.data() - begin)],
                layout.initialised.data(), layout.initialised.size());
  }
  clear(&errno, sizeof(errno));
  clear(abi::__cxa_get_globals(), sizeof(void*) + sizeof(unsigned));
  return image;
}

#if defined(__x86_64__)
// Asked before any scenario runs, whose globals must stay as they are.
constexpr unsigned long instruction_bit = 2;  // HWCAP2_FSGSBASE
const bool has_instruction = (getauxval(AT_HWCAP2) & instruction_bit) != 0;
#endif

/// An entry of the table by which libraries find their variables: glibc's dtv_t. The one before the
/// first says how many there are.
struct TableEntry {
  std::byte* variables;
  void* allocated;
};

void set_pointer([[maybe_unused]] std::byte* pointer) {
#if defined(__x86_64__)
  if (has_instruction) {
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
  if (layout.can_be_copied()) layout.image = image_of(layout);
  return layout;
}

bool ThreadLocalLayout::can_be_copied() const {
#ifdef HEDDLE_ASAN
  return false;
#else
  constexpr std::size_t table_bytes = 8 << 10;  // more than any program needs
  return above != 0 && begin_of(*this) + above + table_bytes <= ThreadLocals::memory_bytes;
#endif
}

ThreadLocals::ThreadLocals(const ThreadLocalLayout& there, std::byte* memory)
    : there_(there), here_(memory + begin_of(there)), end_(memory + memory_bytes) {}

void ThreadLocals::reset() {
  std::memcpy(here_ - there_.below, there_.image.data(), there_.image.size());
  // Its own address: that of the thread control block, and of the thread (glibc's tcbhead_t).
  auto** const record = reinterpret_cast<std::byte**>(here_);
  record[0] = record[2] = here_;
  copy_table();
}

/// The table with the variables' places here.
void ThreadLocals::copy_table() {
  auto** const record = reinterpret_cast<TableEntry**>(here_);
  const TableEntry* const there = record[1] - 1;
  const auto count = reinterpret_cast<std::uintptr_t>(there->variables) + 2;
  auto* const table = reinterpret_cast<TableEntry*>(here_ + (there_.above + 15) / 16 * 16);
  if (reinterpret_cast<std::byte*>(table + count) > end_) return;
  std::memcpy(table, there, count * sizeof(TableEntry));
  for (std::size_t i = 2; i < count; ++i) {
    const std::ptrdiff_t below = there_.pointer - table[i].variables;
    const bool is_copied = below > 0 && below <= static_cast<std::ptrdiff_t>(there_.below);
    if (is_copied) table[i].variables = here_ - below;
  }
  record[1] = table + 1;
}

std::span<const std::byte> ThreadLocals::program() const {
  return {here_ - (there_.pointer - there_.program.data()), there_.program.size()};
}

std::span<const std::byte> ThreadLocals::all() const {
  return {here_ - there_.below, there_.below + there_.above};
}

void ThreadLocals::enter() const { set_pointer(here_); }

void ThreadLocals::leave() const { set_pointer(there_.pointer); }

}  // namespace heddle::fiber
