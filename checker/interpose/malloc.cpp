// malloc() and its like. What the program's own code allocates in a scenario is scenario memory, as
// with operator new. What a library allocates on its behalf may outlive the execution (the buffer
// of a stream), so it stays the system's, and is remembered.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "checker/fiber/sanitizer.hpp"
#include "checker/interpose/allocate.hpp"
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"
#include "checker/runtime/scenario_memory.hpp"

// AddressSanitizer has functions of its own for that.
#if defined(__GLIBC__) && !defined(HEDDLE_ASAN)

// The C library's own ones under its second names: dlsym() would allocate.
extern "C" {
void* __libc_malloc(std::size_t bytes) noexcept;
void* __libc_calloc(std::size_t count, std::size_t bytes) noexcept;
void* __libc_realloc(void* block, std::size_t bytes) noexcept;
void* __libc_memalign(std::size_t alignment, std::size_t bytes) noexcept;
void __libc_free(void* block) noexcept;
}

namespace {

using heddle::runtime::current_memory;

constexpr std::size_t usual = alignof(std::max_align_t);
constexpr std::size_t page_bytes = 4096;

bool is_power_of_two(std::size_t number) { return number != 0 && (number & (number - 1)) == 0; }

/// Whether the scenario's own code asks, and not a library.
bool is_scenarios(const void* caller) {
  return current_memory != nullptr && !current_memory->in_static_variable() &&
         heddle::runtime::is_in_program(caller);
}

/// A block that the system gave to a caller that may be a library.
void* remembered(void* block, std::size_t bytes) {
  if (current_memory != nullptr && block != nullptr && !current_memory->in_static_variable()) {
    current_memory->remember(block, bytes);
  }
  return block;
}

void* scenario_block(std::size_t alignment, std::size_t bytes, const void* caller) {
  void* block = current_memory->allocate(bytes, alignment, caller);
  if (block == nullptr) errno = ENOMEM;
  return block;
}

void* aligned(std::size_t alignment, std::size_t bytes, const void* caller) {
  if (is_scenarios(caller)) return scenario_block(alignment, bytes, caller);
  return remembered(__libc_memalign(alignment, bytes), bytes);
}

void release(void* block) {
  if (block == nullptr) return;
  if (current_memory != nullptr) {
    if (current_memory->release(block)) return;
    current_memory->forget(block);
  }
  __libc_free(block);
}

/// Moves a block of scenario memory, whoever asks. Copying it is an access like any other.
void* resize(void* block, std::size_t before, std::size_t bytes, const void* caller) {
  if (bytes == 0) {
    release(block);
    return nullptr;
  }
  void* moved = scenario_block(usual, bytes, caller);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, before < bytes ? before : bytes);
  release(block);
  return moved;
}

void* reallocate(void* block, std::size_t bytes, const void* caller) {
  if (current_memory != nullptr && block != nullptr) {
    if (const auto before = current_memory->size_of(block)) {
      return resize(block, *before, bytes, caller);
    }
    current_memory->forget(block);
  }
  if (block == nullptr && is_scenarios(caller)) return scenario_block(usual, bytes, caller);
  return remembered(__libc_realloc(block, bytes), bytes);
}

}  // namespace

namespace heddle::interpose {

void* allocate(std::size_t bytes, const void* caller) { return aligned(usual, bytes, caller); }

}  // namespace heddle::interpose

#define CALLER __builtin_return_address(0)

// Under names of our own, since the compiler knows the others, and takes what it knows for granted.
extern "C" {
[[gnu::weak]] void* heddle_malloc(std::size_t bytes) asm("malloc");
[[gnu::weak]] void* heddle_calloc(std::size_t count, std::size_t bytes) asm("calloc");
[[gnu::weak]] void* heddle_realloc(void* block, std::size_t bytes) asm("realloc");
[[gnu::weak]] void* heddle_reallocarray(void* block, std::size_t count,
                                        std::size_t bytes) asm("reallocarray");
[[gnu::weak]] void* heddle_aligned_alloc(std::size_t alignment,
                                         std::size_t bytes) asm("aligned_alloc");
[[gnu::weak]] void* heddle_memalign(std::size_t alignment, std::size_t bytes) asm("memalign");
[[gnu::weak]] int heddle_posix_memalign(void** result, std::size_t alignment,
                                        std::size_t bytes) asm("posix_memalign");
[[gnu::weak]] void* heddle_valloc(std::size_t bytes) asm("valloc");
[[gnu::weak]] void* heddle_pvalloc(std::size_t bytes) asm("pvalloc");
[[gnu::weak]] void heddle_free(void* block) asm("free");
[[gnu::weak]] std::size_t heddle_usable_size(const void* block) asm("malloc_usable_size");
}

void* heddle_malloc(std::size_t bytes) {
  if (current_memory == nullptr) return __libc_malloc(bytes);
  return aligned(usual, bytes, CALLER);
}

void* heddle_calloc(std::size_t count, std::size_t bytes) {
  if (!is_scenarios(CALLER)) return remembered(__libc_calloc(count, bytes), count * bytes);
  std::size_t all = 0;
  // More than there is of anything.
  if (__builtin_mul_overflow(count, bytes, &all)) all = SIZE_MAX;
  return scenario_block(usual, all, CALLER);
}

void* heddle_realloc(void* block, std::size_t bytes) { return reallocate(block, bytes, CALLER); }

void* heddle_reallocarray(void* block, std::size_t count, std::size_t bytes) {
  std::size_t all = 0;
  if (!__builtin_mul_overflow(count, bytes, &all)) return reallocate(block, all, CALLER);
  errno = ENOMEM;
  return nullptr;
}

void* heddle_aligned_alloc(std::size_t alignment, std::size_t bytes) {
  if (is_power_of_two(alignment)) return aligned(alignment, bytes, CALLER);
  errno = EINVAL;
  return nullptr;
}

void* heddle_memalign(std::size_t alignment, std::size_t bytes) {
  if (is_power_of_two(alignment)) return aligned(alignment, bytes, CALLER);
  errno = EINVAL;
  return nullptr;
}

int heddle_posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  if (!is_power_of_two(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  void* block = aligned(alignment, bytes, CALLER);
  if (block == nullptr) return ENOMEM;
  *result = block;
  return 0;
}

void* heddle_valloc(std::size_t bytes) { return aligned(page_bytes, bytes, CALLER); }

void* heddle_pvalloc(std::size_t bytes) {
  return aligned(page_bytes, (bytes + page_bytes - 1) / page_bytes * page_bytes, CALLER);
}

void heddle_free(void* block) { release(block); }

std::size_t heddle_usable_size(const void* block) {
  if (current_memory != nullptr) {
    if (const auto bytes = current_memory->size_of(block)) return *bytes;
  }
  return static_cast<std::size_t>(heddle::interpose::find_real("malloc_usable_size")(
      reinterpret_cast<heddle::interpose::Word>(block), 0, 0, 0, 0, 0, 0, 0));
}

#endif

namespace heddle::interpose {

void replace_malloc() {}

}  // namespace heddle::interpose
