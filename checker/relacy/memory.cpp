#include "checker/relacy/memory.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "checker/sync/thread_value.hpp"

namespace rl {
namespace {

// realloc() has to know how long a block is. The allocating thread keeps that for itself, under an
// address in the block that no object of alignment has.
const void* size_key(void* block) { return static_cast<const char*>(block) + 1; }

}  // namespace

void* rl_malloc(std::size_t size, debug_info info) {
  void* block = operator new(size, std::nothrow);
  if (block != nullptr) heddle::sync::thread_value(size_key(block), info) = size + 1;
  return block;
}

void* rl_calloc(std::size_t count, std::size_t size, debug_info info) {
  if (size != 0 && count > static_cast<std::size_t>(-1) / size) return nullptr;
  void* block = rl_malloc(count * size, info);
  if (block != nullptr) std::memset(block, 0, count * size);
  return block;
}

void* rl_realloc(void* block, std::size_t size, debug_info info) {
  if (block == nullptr) return rl_malloc(size, info);
  const std::uint64_t known = heddle::sync::thread_value(size_key(block), info);
  if (known == 0) {
    heddle::api::perform({.kind = heddle::api::OpKind::misuse,
                          .text = "realloc() of a block that this thread did not allocate",
                          .site = info});
  }
  void* moved = rl_malloc(size, info);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min<std::size_t>(known - 1, size));
  rl_free(block, info);
  return moved;
}

void rl_free(void* block, debug_info /*info*/) { operator delete(block); }

}  // namespace rl
