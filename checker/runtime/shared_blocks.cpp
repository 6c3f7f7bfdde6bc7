// What scenario code allocates: blocks of the thread's own, and those that threads share.
#include <algorithm>
#include <csignal>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {

/// Makes the blocks shared that were met at an address. In another execution others may lie there,
/// so all of them. Returns false if there is none.
bool Program::share_blocks(const void* address) {
  const auto target = reinterpret_cast<std::uintptr_t>(address);
  const std::size_t before = areas_.size();
  for (auto entry = private_blocks_.upper_bound(target); entry != private_blocks_.begin();) {
    --entry;
    for (const memory::AreaKind& kind : entry->second) {
      const bool holds_it = target < entry->first + std::max<std::size_t>(kind.bytes, 1);
      if (holds_it && areas_.of(kind) == nullptr) areas_.add(kind);
    }
    if (target - entry->first > fiber::Region::arena_bytes) break;
  }
  return areas_.size() > before;
}

void* Program::allocate_block(const memory::AreaKind& kind, std::size_t alignment) {
  Thread& thread = *running_;
  settle(thread);
  memory::Area* area = areas_.of(kind);
  void* block = nullptr;
  if (area == nullptr) {
    block = thread.fiber.region().allocate(kind.bytes, std::max<std::size_t>(alignment, 16));
    private_blocks_[reinterpret_cast<std::uintptr_t>(block)].insert(kind);
  } else {
    thread.shared_blocks.resize(areas_.size());
    block = area->block(thread.id, thread.shared_blocks[area->number()]++);
  }
  if (block == nullptr) return nullptr;
  answer(
      thread,
      {.kind = api::OpKind::allocate, .address = block, .operand = kind.bytes, .site = thread.site},
      nullptr);
  if (area != nullptr && announced_ != nullptr) {
    begin_cells(thread, *area, static_cast<std::byte*>(block), false);
  } else if (area != nullptr) {
    begin_lives(thread, *area, static_cast<std::byte*>(block));
  }
  see_blocks(thread);
  return block;
}

/// Whether a thread may run that reads a block of its creator's.
bool Program::may_be_read(const Thread& thread, const void* block) const {
  if (!thread.fiber.region().is_sealed(block)) return false;
  const bool has_grandchildren =
      std::any_of(numbers_.begin(), numbers_.end(),
                  [&](const auto& each) { return each.first.first != thread.id; });
  return thread.joins < thread.spawns || has_grandchildren;
}

bool Program::release_block(void* block) {
  Thread& thread = *running_;
  const Thread* owner = owner_of(block);
  const bool shared = areas_.at(block) != nullptr;
  if (!shared && (owner == nullptr || !owner->fiber.region().in_arena(block))) return false;
  // Who frees a block that others may use is to find out whether they do.
  const bool reads = announced_ == nullptr && owner == &thread && may_be_read(thread, block);
  if (!shared && memory_is_shared && (owner != &thread || reads)) {
    thread.foreign = block;
    give_up(thread, SIGSEGV, block);
  }
  fiber::Arena& arena = thread.fiber.region().arena();
  if (!shared && !areas_.fixed() && arena.is_overrun(block)) {
    thread.foreign = block;  // to be seen by whom
    give_up(thread, SIGSEGV, block);
  }
  settle(thread);
  if (!shared) arena.free(block);
  answer(thread, {.kind = api::OpKind::release, .address = block, .site = thread.site}, nullptr);
  if (shared && announced_ != nullptr) {
    release_cells(thread, static_cast<std::byte*>(block));
  } else if (shared) {
    end_life(thread, block);
  }
  see_blocks(thread);
  return true;
}

}  // namespace heddle::runtime
