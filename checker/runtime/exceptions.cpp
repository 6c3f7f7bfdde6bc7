// The exceptions that scenario code throws lie in scenario memory: in each run at the same place,
// and gone with it.
#include <cstddef>
#include <cstring>
#include <new>

#include "checker/runtime/original.hpp"
#include "checker/runtime/scenario_memory.hpp"

#if defined(__GLIBCXX__) && defined(__x86_64__)
namespace {

using heddle::runtime::original;

// libstdc++'s __cxa_refcounted_exception and __cxa_dependent_exception on x86-64: what the C++
// runtime keeps in front of the object that is thrown (libsupc++, unwind-cxx.h).
constexpr std::size_t header_bytes = 128;
constexpr std::size_t dependent_bytes = 112;

void* allocate(std::size_t bytes) {
  auto* heap = heddle::runtime::current_memory;
  if (heap == nullptr || heap->in_static_variable()) return nullptr;
  void* block = heap->allocate(bytes, alignof(std::max_align_t), __builtin_return_address(0));
  if (block != nullptr) std::memset(block, 0, bytes);
  return block;
}

bool release(void* block) {
  auto* heap = heddle::runtime::current_memory;
  return heap != nullptr && heap->release(block);
}

}  // namespace

// The C++ ABI's functions for that (Itanium C++ ABI, section 2.4.2).
extern "C" void* __cxa_allocate_exception(std::size_t bytes) noexcept {
  if (void* block = allocate(header_bytes + bytes)) {
    return static_cast<std::byte*>(block) + header_bytes;
  }
  return original<void*(std::size_t)>("__cxa_allocate_exception")(bytes);
}

extern "C" void __cxa_free_exception(void* object) noexcept {
  if (release(static_cast<std::byte*>(object) - header_bytes)) return;
  original<void(void*)>("__cxa_free_exception")(object);
}

extern "C" void* __cxa_allocate_dependent_exception() noexcept {
  if (void* block = allocate(dependent_bytes)) return block;
  return original<void*()>("__cxa_allocate_dependent_exception")();
}

extern "C" void __cxa_free_dependent_exception(void* object) noexcept {
  if (release(object)) return;
  original<void(void*)>("__cxa_free_dependent_exception")(object);
}

#endif

namespace heddle::runtime {

void replace_exceptions() {}

}  // namespace heddle::runtime
