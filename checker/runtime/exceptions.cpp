// The exceptions that scenario code throws lie in scenario memory: in each run at the same place,
// and gone with it.
#include <cxxabi.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <exception>
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

extern "C" abi::__cxa_dependent_exception* __cxa_allocate_dependent_exception() noexcept {
  using Dependent = abi::__cxa_dependent_exception;
  if (void* block = allocate(dependent_bytes)) return static_cast<Dependent*>(block);
  return original<Dependent*()>("__cxa_allocate_dependent_exception")();
}

extern "C" void __cxa_free_dependent_exception(abi::__cxa_dependent_exception* object) noexcept {
  if (release(object)) return;
  original<void(void*)>("__cxa_free_dependent_exception")(object);
}

#endif

namespace heddle::runtime {
namespace {

constinit std::terminate_handler former_handler = nullptr;

/// An exception that leaves a destructor or a noexcept function comes here: what it says would be
/// lost with the abort that follows.
[[noreturn]] void on_terminate() {
  if (current_memory != nullptr) {
    try {
      if (abi::__cxa_current_exception_type() == nullptr) {
        current_memory->end_by_terminate("no exception was thrown");
      }
      throw;
    } catch (const std::exception& error) {
      current_memory->end_by_terminate(error.what());
    } catch (...) {
      current_memory->end_by_terminate(nullptr);
    }
  }
  if (former_handler != nullptr) former_handler();
  std::abort();
}

}  // namespace

void replace_exceptions() {
  const std::terminate_handler handler = std::get_terminate();
  if (handler == on_terminate) return;
  former_handler = handler;
  std::set_terminate(on_terminate);
}

}  // namespace heddle::runtime
