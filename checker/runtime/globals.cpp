#include "checker/runtime/globals.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "checker/fiber/sanitizer.hpp"

// The limits of .data and .bss of the main program, set by the linker (GNU ld, lld).
extern "C" char __data_start[];
extern "C" char _end[];

namespace heddle::runtime {
namespace {

constexpr std::uint64_t all_of_the_first = 256;
constexpr std::uint64_t then_one_in = 64;

std::span<const std::byte> globals() {
#ifdef HEDDLE_ASAN
  return {};  // sanitizers write bookkeeping of their own there
#else
  return {reinterpret_cast<const std::byte*>(__data_start),
          reinterpret_cast<const std::byte*>(_end)};
#endif
}

}  // namespace

void GlobalsWatch::before(std::uint64_t number) {
  watching_ = number <= all_of_the_first || number % then_one_in == 0;
  if (!watching_) return;
  const auto memory = globals();
  copy_.assign(memory.begin(), memory.end());
}

const void* GlobalsWatch::changed() {
  if (!watching_) return nullptr;
  watching_ = false;
  const auto memory = globals();
  if (memory.empty()) return nullptr;
  // Much faster than std::mismatch, and nearly always all that is needed.
  if (std::memcmp(memory.data(), copy_.data(), memory.size()) == 0) return nullptr;
  const auto [now, then] = std::mismatch(memory.begin(), memory.end(), copy_.begin());
  return now == memory.end() ? nullptr : &*now;
}

}  // namespace heddle::runtime
