#include <cstdlib>
#include <new>

#include "checker/runtime/scenario_memory.hpp"

namespace {

void* allocate(std::size_t bytes, std::size_t alignment, const void* caller) {
  auto* heap = heddle::runtime::current_memory;
  if (heap != nullptr && !heap->in_static_variable()) {
    if (void* block = heap->allocate(bytes, alignment, caller)) return block;
    throw std::bad_alloc();
  }
  if (bytes == 0) bytes = 1;
  void* block =
      alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
          ? std::malloc(bytes)
          : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void release(void* block) noexcept {
  if (block == nullptr) return;
  if (auto* heap = heddle::runtime::current_memory; heap != nullptr && heap->release(block)) return;
  std::free(block);
}

void* allocate_or_null(std::size_t bytes, std::size_t alignment, const void* caller) noexcept {
  try {
    return allocate(bytes, alignment, caller);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace

namespace heddle::runtime {

void replace_operators() {}

}  // namespace heddle::runtime

#define CALLER __builtin_return_address(0)

// The program-wide operators: the only way to see what a scenario allocates.
void* operator new(std::size_t bytes) {
  return allocate(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__, CALLER);
}
void* operator new[](std::size_t bytes) {
  return allocate(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__, CALLER);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment), CALLER);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment), CALLER);
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  return allocate_or_null(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__, CALLER);
}
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
  return allocate_or_null(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__, CALLER);
}
void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate_or_null(bytes, static_cast<std::size_t>(alignment), CALLER);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return allocate_or_null(bytes, static_cast<std::size_t>(alignment), CALLER);
}
void operator delete(void* block) noexcept { release(block); }
void operator delete[](void* block) noexcept { release(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t) noexcept { release(block); }
void operator delete(void* block, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { release(block); }
