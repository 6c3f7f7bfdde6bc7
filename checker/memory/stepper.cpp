#include "checker/memory/stepper.hpp"

#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace heddle::memory {
namespace {

View* view_of(std::vector<View>& views, const std::byte* block) {
  for (View& view : views) {
    if (view.block() == block) return &view;
  }
  return nullptr;
}

#if defined(__x86_64__)

greg_t& register_of(Registers* registers, int number) {
  return static_cast<ucontext_t*>(registers)->uc_mcontext.gregs[number];
}

greg_t word_at(const std::byte* address, std::size_t bytes = sizeof(greg_t)) {
  greg_t word = 0;
  std::memcpy(&word, address, bytes);
  return word;
}

void push(Registers* registers, greg_t word, std::size_t bytes = sizeof(greg_t)) {
  greg_t& stack = register_of(registers, REG_RSP);
  stack -= static_cast<greg_t>(bytes);
  std::memcpy(reinterpret_cast<void*>(stack), &word, bytes);
}
#endif

}  // namespace

Stepper::Stepper() {
  const std::size_t page = page_bytes();
  void* memory = mmap(nullptr, 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  if (mprotect(memory, page, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) {
    munmap(memory, 2 * page);
    return;
  }
  copies_ = static_cast<std::byte*>(memory);
  copies_end_ = copies_ + page;
}

Stepper::~Stepper() {
  if (copies_ != nullptr) munmap(copies_, 2 * static_cast<std::size_t>(copies_end_ - copies_));
}

/// Looks whether the thread may do what the instruction does, and notes in which blocks.
Fault Stepper::check(Areas& areas, std::vector<View>& views) {
  piece_count_ = 0;
  Fault result = Fault::elsewhere;
  for (const Access& access : instruction_.accesses()) {
    const Fault fault = check(access, areas, views);
    if (fault == Fault::stepping) result = fault;
    if (fault != Fault::stepping && fault != Fault::elsewhere) {
      piece_count_ = 0;
      return fault;
    }
  }
  return result;
}

Fault Stepper::check(const Access& access, Areas& areas, std::vector<View>& views) {
  Fault result = Fault::elsewhere;
  std::byte* const end = access.address + access.size;
  for (std::byte* at = access.address; at < end;) {
    const auto page = reinterpret_cast<std::uintptr_t>(at) / page_bytes();
    std::byte* part_end = std::min(end, reinterpret_cast<std::byte*>((page + 1) * page_bytes()));
    Area* area = areas.at(at);
    if (area == nullptr) {
      at = part_end;
      continue;
    }
    std::byte* const block = where_ = area->block_at(at);
    part_end = std::min(end, block + area->stride());
    View* view = view_of(views, block);
    if (view == nullptr) return Fault::unseen;
    Access part{at, static_cast<std::uint32_t>(part_end - at), access.reads, access.writes};
    at = part_end;
    if (!view->closed()) continue;
    std::byte* const limit = block + area->bytes();
    if (part.address >= limit || (access.writes && part_end > limit)) return Fault::outside;
    // Functions on strings read whole vectors, also beyond the end.
    part.size = static_cast<std::uint32_t>(std::min(part_end, limit) - part.address);
    if (view->hides(part)) return Fault::unseen;
    if (!view->knows(part)) {
      view->note(part, code_);
      return Fault::unknown;
    }
    if (instruction_.atomic && view->notes(part)) return Fault::atomic;
    if (piece_count_ == pieces_.size()) return Fault::elsewhere;
    pieces_[piece_count_++] = {view, part};
    result = Fault::stepping;
  }
  return result;
}

void Stepper::open() {
  for (std::size_t i = 0; i < piece_count_; ++i) {
    const auto& [view, access] = pieces_[i];
    mprotect(view->block(), view->area().stride(), PROT_READ | PROT_WRITE);
    view->save(access);
    view->note(access, code_);
  }
  for (std::size_t i = 0; i < piece_count_; ++i) pieces_[i].view->fill(pieces_[i].access);
}

void Stepper::take() {
  for (std::size_t i = 0; i < piece_count_; ++i) pieces_[i].view->take(pieces_[i].access);
  for (std::size_t i = 0; i < piece_count_; ++i) pieces_[i].view->restore(pieces_[i].access);
}

void Stepper::close() {
  for (; piece_count_ > 0; --piece_count_) {
    const View& view = *pieces_[piece_count_ - 1].view;
    mprotect(view.block(), view.area().stride(), PROT_NONE);
  }
}

#if defined(__x86_64__)

Fault Stepper::begin(Registers* registers, Areas& areas, std::vector<View>& views) {
  auto* code = reinterpret_cast<std::byte*>(register_of(registers, REG_RIP));
  if (copies_ == nullptr || (code >= copies_ && code < copies_end_)) return Fault::elsewhere;
  if (!decode(code, registers, instruction_)) return Fault::elsewhere;
  code_ = code;
  if (const Fault fault = check(areas, views); fault != Fault::stepping) return fault;
  if (instruction_.flow == Flow::next && !copy(registers)) {
    piece_count_ = 0;
    return Fault::elsewhere;
  }
  open();
  if (instruction_.flow != Flow::next) {
    go_on(registers);
    take();
    close();
  }
  return Fault::stepping;
}

/// Makes the copy of the instruction, and lets the thread execute it once.
bool Stepper::copy(Registers* registers) {
  std::byte* copy = copies_end_ - instruction_.length;
  std::memcpy(copy, code_, instruction_.length);
  if (instruction_.distance_at != 0) {
    std::int32_t distance = 0;
    std::memcpy(&distance, code_ + instruction_.distance_at, sizeof(distance));
    const std::int64_t from_copy = distance + (code_ - copy);
    if (from_copy != static_cast<std::int32_t>(from_copy)) return false;
    distance = static_cast<std::int32_t>(from_copy);
    std::memcpy(copy + instruction_.distance_at, &distance, sizeof(distance));
  }
  if (instruction_.repeats) {
    rounds_ = static_cast<std::uint64_t>(register_of(registers, REG_RCX)) - 1;
    register_of(registers, REG_RCX) = 1;
  }
  register_of(registers, REG_RIP) = reinterpret_cast<greg_t>(copy);
  return true;
}

/// Does what calls, jumps and returns do: a copy would come back to where it is itself.
void Stepper::go_on(Registers* registers) const {
  greg_t& at = register_of(registers, REG_RIP);
  const auto next = reinterpret_cast<greg_t>(code_ + instruction_.length);
  const std::byte* first = instruction_.access_list[0].address;
  greg_t target = next;
  switch (instruction_.flow) {
    case Flow::call:
      target = static_cast<greg_t>(instruction_.target);
      push(registers, next);
      break;
    case Flow::call_from:
      target = word_at(first);
      push(registers, next);
      break;
    case Flow::push_from:
      push(registers, word_at(first, instruction_.pushed), instruction_.pushed);
      break;
    case Flow::jump_from:
      target = word_at(first);
      break;
    case Flow::ret:
      target = word_at(first);
      register_of(registers, REG_RSP) +=
          static_cast<greg_t>(sizeof(greg_t)) + instruction_.released;
      break;
    case Flow::next:
      break;
  }
  at = target;
}

bool Stepper::finish(Registers* registers) {
  greg_t& at = register_of(registers, REG_RIP);
  if (piece_count_ == 0 || reinterpret_cast<std::byte*>(at) != copies_end_) return false;
  take();
  close();
  const std::byte* next = code_ + instruction_.length;
  if (instruction_.repeats) {
    constexpr greg_t zero_flag = 1 << 6;
    const bool equal = (register_of(registers, REG_EFL) & zero_flag) != 0;
    const bool ends = (instruction_.while_equal && !equal) || (instruction_.while_unequal && equal);
    register_of(registers, REG_RCX) = static_cast<greg_t>(rounds_);
    if (rounds_ != 0 && !ends) next = code_;
  }
  at = reinterpret_cast<greg_t>(next);
  return true;
}

#else

Fault Stepper::begin(Registers*, Areas&, std::vector<View>&) { return Fault::elsewhere; }
bool Stepper::finish(Registers*) { return false; }

#endif

}  // namespace heddle::memory
