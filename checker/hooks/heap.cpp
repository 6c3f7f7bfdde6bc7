#include "checker/hooks/heap.hpp"

#include <link.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "checker/hooks/exported.hpp"

// glibc's own functions, under the names that nothing stands in front of.
extern "C" void* __libc_malloc(std::size_t bytes);
extern "C" void __libc_free(void* block);
extern "C" void* __libc_calloc(std::size_t count, std::size_t bytes);
extern "C" void* __libc_realloc(void* block, std::size_t bytes);
extern "C" void* __libc_memalign(std::size_t alignment, std::size_t bytes);

namespace heddle::hooks {
namespace {

// Below the threads' memory, and the same in every run.
constexpr std::uintptr_t static_address = 0x1f00'0000'0000;
constexpr std::size_t static_bytes = std::size_t{1} << 30U;
constexpr std::size_t default_alignment = alignof(std::max_align_t);

std::byte* const static_heap = reinterpret_cast<std::byte*>(static_address);
std::size_t static_used = 0;
bool in_static_constructors = false;

bool in_static_heap(const void* block) {
  return block >= static_heap && block < static_heap + static_bytes;
}

/// A block's size stands in front of it.
std::size_t& size_before(void* block) { return static_cast<std::size_t*>(block)[-1]; }

void* allocate_static(std::size_t bytes, std::size_t alignment) {
  const std::size_t start =
      (static_used + sizeof(std::size_t) + alignment - 1) / alignment * alignment;
  if (bytes > static_bytes || start > static_bytes - bytes) return nullptr;
  static_used = start + bytes;
  size_before(static_heap + start) = bytes;
  return static_heap + start;
}

/// The code of the C library: what that allocates for itself is none of the program's.
struct LibraryCode {
  const std::byte* begin = nullptr;
  const std::byte* end = nullptr;
};

int find_libc(dl_phdr_info* info, std::size_t, void* result) {
  if (std::strstr(info->dlpi_name, "/libc.so") == nullptr) return 0;
  auto& code = *static_cast<LibraryCode*>(result);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    code.begin = reinterpret_cast<const std::byte*>(info->dlpi_addr + segment.p_vaddr);
    code.end = code.begin + segment.p_memsz;
  }
  return 1;
}

LibraryCode libc;

bool from_libc(const Caller& caller) { return caller.code >= libc.begin && caller.code < libc.end; }

void* allocate(std::size_t bytes, std::size_t alignment, const Caller& caller) {
  auto* memory = explored();
  void* block = nullptr;
  if (memory != nullptr && !from_libc(caller)) {
    block = memory->allocate(bytes, alignment, caller.code);
  } else if (in_static_constructors) {
    block = allocate_static(bytes, alignment);
  } else {
    block =
        alignment <= default_alignment ? __libc_malloc(bytes) : __libc_memalign(alignment, bytes);
  }
  if (block == nullptr) errno = ENOMEM;
  return block;
}

}  // namespace

void begin_static_heap() {
  dl_iterate_phdr(find_libc, &libc);
  void* memory = mmap(static_heap, static_bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  in_static_constructors = memory != MAP_FAILED;
}

std::span<std::byte> end_static_heap() {
  in_static_constructors = false;
  constexpr std::size_t page = 4096;
  return {static_heap, (static_used + page - 1) / page * page};
}

}  // namespace heddle::hooks

using namespace heddle::hooks;

HEDDLE_EXPORT void* malloc(std::size_t bytes) {
  return allocate(bytes, default_alignment, HEDDLE_CALLER);
}

HEDDLE_EXPORT void free(void* block) {
  if (block == nullptr || in_static_heap(block)) return;
  auto* memory = explored();
  if (memory != nullptr && memory->release(block)) return;
  __libc_free(block);
}

HEDDLE_EXPORT void* calloc(std::size_t count, std::size_t bytes) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) {
    errno = ENOMEM;
    return nullptr;
  }
  // Fresh memory of the program's is zero.
  if (explored() == nullptr && !in_static_constructors) return __libc_calloc(count, bytes);
  return allocate(total, default_alignment, HEDDLE_CALLER);
}

HEDDLE_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return allocate(bytes, alignment, HEDDLE_CALLER);
}

HEDDLE_EXPORT void* memalign(std::size_t alignment, std::size_t bytes) {
  return allocate(bytes, alignment, HEDDLE_CALLER);
}

HEDDLE_EXPORT int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  void* block = allocate(bytes, alignment, HEDDLE_CALLER);
  if (block == nullptr) return ENOMEM;
  if (auto* memory = explored()) {
    memory->announce(result, sizeof(block), false, true, HEDDLE_CALLER);
  }
  *result = block;
  return 0;
}

HEDDLE_EXPORT void* realloc(void* block, std::size_t bytes) {
  const Caller caller = HEDDLE_CALLER;
  if (block == nullptr) return allocate(bytes, default_alignment, caller);
  auto* memory = explored();
  std::optional<std::size_t> before;
  if (in_static_heap(block)) {
    before = size_before(block);
  } else if (memory != nullptr) {
    before = memory->size_of(block);
  }
  if (!before) return __libc_realloc(block, bytes);
  void* fresh = allocate(bytes, default_alignment, caller);
  if (fresh == nullptr) return nullptr;
  const std::size_t kept = std::min(*before, bytes);
  if (memory != nullptr) {
    memory->announce(fresh, kept, false, true, caller);
    memory->announce(block, kept, true, false, caller);
  }
  std::memcpy(fresh, block, kept);
  free(block);
  return fresh;
}
