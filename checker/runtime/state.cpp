#include "checker/runtime/state.hpp"

#include <cxxabi.h>

#include <bit>
#include <cerrno>

#include "checker/fiber/sanitizer.hpp"
#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

constexpr std::size_t word_bytes = sizeof(std::uint64_t);

/// Both steps are one-to-one in the lane and in the word, so one word that differs always shows in
/// the lane, and differences of several cancel each other by chance only.
std::uint64_t step(std::uint64_t lane, std::uint64_t word) {
  lane = (lane ^ word) * 0xff51'afd7'ed55'8ccd;
  return lane ^ lane >> 32;
}
std::uint64_t other_step(std::uint64_t lane, std::uint64_t word) {
  return std::rotl(lane + word, 29) * 0xc4ce'b9fe'1a85'ec53;
}

}  // namespace

void StateHash::add(std::span<const std::byte> memory) {
  add(memory.size());
  const std::byte* at = memory.data();
  std::size_t words = (memory.size() + word_bytes - 1) / word_bytes;
  auto [a, b, c, d] = lanes_;
  for (; words >= 2; words -= 2, at += 2 * word_bytes) {
    const std::uint64_t first = fiber::sanitizer::word(at);
    const std::uint64_t second = fiber::sanitizer::word(at + word_bytes);
    a = step(a, first);
    b = other_step(b, first);
    c = step(c, second);
    d = other_step(d, second);
  }
  lanes_[0] = a, lanes_[1] = b, lanes_[2] = c, lanes_[3] = d;
  if (words != 0) add(fiber::sanitizer::word(at));
}

void StateHash::add(std::uint64_t word) {
  lanes_[0] = step(lanes_[0], word);
  lanes_[1] = other_step(lanes_[1], word);
}

State StateHash::state() const {
  const State result{step(lanes_[0], lanes_[2]), other_step(lanes_[1], lanes_[3])};
  return {result.low, result.high | 1};  // 0 stands for unknown
}

/// With the place in the code, all that the thread remembers at an Op whose frames end at `frame`.
/// What is left out is listed in docs/EXPLORATION.md, with the reason.
State Program::state_of(const Thread& thread, const void* frame) const {
  // On a stack that the thread made itself (swapcontext()) it is not known where frames begin, and
  // memory that it mapped is not known at all: such a thread is never taken to wait.
  if (!thread.fiber.region().in_stack(frame) || maps_memory_) return {};
  StateHash hash;
  const auto* top = static_cast<const std::byte*>(frame);
  hash.add({top, thread.stack_begin});  // with the registers that calls preserve
  const fiber::Arena& arena = thread.fiber.region().arena();
  hash.add(arena.used());
  for (const fiber::Arena::Block& block : arena.blocks()) {
    if (!block.freed) hash.add(block.memory());
  }
  hash.add(thread.fiber.region().notes());
  hash.add(reinterpret_cast<std::uint64_t>(thread.slot));
  // What the next threads and shared blocks are called depends on how many there were.
  hash.add(std::uint64_t{thread.spawns} << 32 | thread.joins);
  for (const std::uint32_t blocks : thread.shared_blocks) hash.add(std::uint64_t{blocks});
  if (has_thread_locals_) {
    hash.add(thread.thread_locals.all());
  } else {
    const auto* exceptions = reinterpret_cast<const std::byte*>(abi::__cxa_get_globals());
    hash.add({exceptions, sizeof(void*) + sizeof(unsigned)});
    hash.add(static_cast<std::uint64_t>(errno));
  }
  for (const Thread::ExitFunction& each : thread.exit_functions) {
    hash.add(reinterpret_cast<std::uint64_t>(each.destructor));
    hash.add(reinterpret_cast<std::uint64_t>(each.object));
  }
  add_elsewhere(hash, thread);
  hash.add(std::uint64_t{thread.arithmetic.noted} << 48 |
           std::uint64_t{thread.arithmetic.control} << 32 | thread.arithmetic.vector);
  return hash.state();
}

}  // namespace heddle::runtime
