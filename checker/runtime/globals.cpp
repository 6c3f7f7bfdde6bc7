#include "checker/runtime/globals.hpp"

#include <algorithm>
#include <cstring>

#include "checker/fiber/sanitizer.hpp"

// The limits of .data and .bss of the main program, set by the linker (GNU ld, lld). Weak, for
// where this is part of a shared library, which has no such data to watch.
extern "C" [[gnu::weak]] char __data_start[];
extern "C" [[gnu::weak]] char _end[];

namespace heddle::runtime {
namespace {

constexpr std::uint64_t all_of_the_first = 256;
constexpr std::uint64_t then_one_in = 64;

std::span<const std::byte> globals() {
#ifdef HEDDLE_ASAN
  return {};  // sanitizers write bookkeeping of their own there
#else
  if (__data_start == nullptr) return {};
  return {reinterpret_cast<const std::byte*>(__data_start),
          reinterpret_cast<const std::byte*>(_end)};
#endif
}

}  // namespace

GlobalsWatch::GlobalsWatch(std::span<const std::byte> thread_locals)
    : globals_{.memory = globals(), .copy = {}},
      thread_locals_{.memory = thread_locals, .copy = {}} {}

void GlobalsWatch::before(std::uint64_t number) {
  watching_ = number <= all_of_the_first || number % then_one_in == 0;
  paused_ = false;
  changed_ = nullptr;
  if (watching_) copy();
}

void GlobalsWatch::pause() {
  if (watching_ && changed_ == nullptr) changed_ = first_change();
  paused_ = true;
}

void GlobalsWatch::resume() {
  paused_ = false;
  if (watching_) copy();
}

const void* GlobalsWatch::changed() {
  if (!watching_) return nullptr;
  watching_ = false;
  if (changed_ == nullptr && !paused_) changed_ = first_change();
  return changed_;
}

void GlobalsWatch::copy() {
  for (Watched* watched : {&globals_, &thread_locals_}) {
    watched->copy.assign(watched->memory.begin(), watched->memory.end());
  }
}

const void* GlobalsWatch::first_change() const {
  for (const Watched* watched : {&globals_, &thread_locals_}) {
    const auto& [memory, copy] = *watched;
    // Much faster than std::mismatch, and nearly always all that is needed.
    if (memory.empty() || std::memcmp(memory.data(), copy.data(), memory.size()) == 0) continue;
    return &*std::mismatch(memory.begin(), memory.end(), copy.begin()).first;
  }
  return nullptr;
}

bool GlobalsWatch::is_thread_local(const void* address) const {
  const auto* byte = static_cast<const std::byte*>(address);
  return byte >= thread_locals_.memory.data() &&
         byte < thread_locals_.memory.data() + thread_locals_.memory.size();
}

}  // namespace heddle::runtime
