// What threads keep elsewhere than in memory of their own, and yet remember: state inside of
// libraries.
#include <algorithm>
#include <cstdio>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

/// What was put out there does not come back: who asks for it is refused (checker/interpose).
bool is_buffer_of_output([[maybe_unused]] const std::byte* block) {
#ifdef __GLIBC__
  const auto* text = reinterpret_cast<const char*>(block);
  return text == stdout->_IO_buf_base || text == stderr->_IO_buf_base;
#else
  return false;
#endif
}

}  // namespace

std::optional<std::size_t> Program::size_of(const void* block) {
  if (const memory::Area* area = areas_.at(block); area != nullptr && !area->in_place()) {
    return area->bytes();
  }
  const Thread* owner = owner_of(block);
  if (owner == nullptr) return std::nullopt;
  const fiber::Arena::Block* found = owner->fiber.region().arena().find(block);
  return found == nullptr || found->freed ? std::nullopt : std::optional(found->bytes);
}

void Program::note_hidden_state() { ++running_->hidden_states; }

void Program::note_mapping() { maps_memory_ = true; }

void Program::remember(const void* block, std::size_t bytes) {
  on_own_stack([&]() -> std::uint64_t {
    library_blocks_.push_back(
        {.begin = static_cast<const std::byte*>(block), .bytes = bytes, .thread = running_->id});
    return 0;
  });
}

void Program::forget(const void* block) {
  if (library_blocks_.empty()) return;
  on_own_stack([&]() -> std::uint64_t {
    std::erase_if(library_blocks_, [&](const LibraryBlock& each) { return each.begin == block; });
    return 0;
  });
}

/// The blocks are those of all threads: one may have got them from another, and changes by others
/// only have a wait taken for none. A function with a state of its own is taken to change it with
/// each call, so a round that calls one is no wait.
void Program::add_elsewhere(StateHash& hash, const Thread& thread) const {
  hash.add(thread.hidden_states);
  for (const LibraryBlock& block : library_blocks_) {
    if (!is_buffer_of_output(block.begin)) hash.add({block.begin, block.bytes});
  }
#ifdef __GLIBC__
  // getchar_unlocked() is no call where there is something in the buffer.
  hash.add(reinterpret_cast<std::uint64_t>(stdin->_IO_read_ptr));
#endif
}

/// The thread begins anew, and allocates others. What libraries keep of the old ones they change
/// by calls only.
void Program::forget_elsewhere(Thread& thread) {
  thread.hidden_states = thread.hidden_before_round = 0;
  std::erase_if(library_blocks_,
                [&](const LibraryBlock& each) { return each.thread == thread.id; });
}

}  // namespace heddle::runtime
