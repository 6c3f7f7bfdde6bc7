#include "checker/fiber/region.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "checker/fiber/sanitizer.hpp"

namespace heddle::fiber {
namespace {

std::size_t page() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

// They are opened and closed together.
constexpr std::size_t own_bytes = Region::notes_bytes + ThreadLocals::memory_bytes;

std::size_t total() {
  return 6 * page() + Region::signal_stack_bytes + Region::checker_stack_bytes +
         Region::stack_bytes + own_bytes + Region::arena_bytes;
}

// Far from where the system places programs, heaps and libraries, also under address randomisation.
constexpr std::uintptr_t first_address = 0x2000'0000'0000;
// What calls below the deepest noted point may have written.
constexpr std::size_t depth_margin = 2 << 10;

void protect(void* start, std::size_t bytes, int rights) {
  if (mprotect(start, bytes, rights) != 0) {
    throw std::system_error(errno, std::generic_category(), "can't protect a thread's memory");
  }
}

}  // namespace

Region::Region(std::uint32_t number) {
  void* wish = reinterpret_cast<void*>(
      first_address + number * ((total() + 0xfff'ffff) & ~std::size_t{0xfff'ffff}));
  void* memory = mmap(wish, total(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::system_error(errno, std::generic_category(), "can't map a thread's memory");
  }
  base_ = static_cast<std::byte*>(memory);
  signal_stack_ = base_ + page();
  checker_stack_ = signal_stack_ + signal_stack_bytes + page();
  stack_ = checker_stack_ + checker_stack_bytes + page();
  notes_ = stack_ + stack_bytes + page();
  arena_begin_ = notes_ + own_bytes + page();
  arena_ = Arena({arena_begin_, arena_bytes}, page());
  lowest_ = stack_top();
  protect(signal_stack_, signal_stack_bytes, PROT_READ | PROT_WRITE);
  protect(checker_stack_, checker_stack_bytes, PROT_READ | PROT_WRITE);
  protect(stack_, stack_bytes, PROT_READ | PROT_WRITE);
  protect(notes_, own_bytes, PROT_READ | PROT_WRITE);
  protect(arena_begin_, arena_bytes, PROT_READ | PROT_WRITE);
}

Region::~Region() { munmap(base_, total()); }

void* Region::allocate_note(std::size_t bytes) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  const std::size_t start = (notes_used_ + alignment - 1) & ~(alignment - 1);
  if (bytes > notes_bytes || start > notes_bytes - bytes) return nullptr;
  notes_used_ = start + bytes;
  return notes_ + start;
}

std::size_t Region::seal() {
  arena_.begin_page();
  const std::size_t used = arena_.used();
  if (used > sealed_) protect(arena_begin_ + sealed_, used - sealed_, PROT_READ);
  sealed_ = used;
  arena_.opened();
  return sealed_;
}

void Region::rewind() {
  allow(Access::own);
  // What is sealed, or closed because it was freed.
  if (arena_.used() > 0) protect(arena_begin_, arena_.used(), PROT_READ | PROT_WRITE);
  sealed_ = 0;
  sanitizer::clean(signal_stack_, static_cast<std::size_t>(stack_top() - signal_stack_));
  std::byte* low = std::max(
      stack_,
      lowest_ - std::min<std::size_t>(depth_margin, static_cast<std::size_t>(lowest_ - stack_)));
  std::memset(low, 0, static_cast<std::size_t>(stack_top() - low));
  arena_.rewind();
  std::memset(notes_, 0, notes_used_);
  notes_used_ = 0;
}

bool Region::in_arena(const void* address) const {
  return address >= arena_begin_ && address < arena_begin_ + arena_bytes;
}

bool Region::in_stack(const void* address) const {
  return address >= stack_ && address < stack_top();
}

bool Region::in_stack_guard(const void* address) const {
  return address >= stack_ - page() && address < stack_;
}

bool Region::contains(const void* address) const {
  return address >= base_ && address < base_ + total();
}

void Region::note_depth(const void* stack_pointer) {
  auto* pointer = static_cast<std::byte*>(const_cast<void*>(stack_pointer));
  if (pointer >= stack_ && pointer < lowest_) lowest_ = pointer;
}

void Region::close(std::byte* begin, std::size_t bytes) { protect(begin, bytes, PROT_NONE); }

void Region::open(std::byte* begin, std::size_t bytes) {
  protect(begin, bytes, PROT_READ | PROT_WRITE);
}

void Region::allow(Access access, std::size_t readable) {
  if (access == access_ && (access != Access::read || readable == readable_)) return;
  access_ = access;
  readable_ = readable;
  const bool own = access == Access::own;
  const int mine = own ? PROT_READ | PROT_WRITE : PROT_NONE;
  protect(stack_, stack_bytes, mine);
  protect(notes_, own_bytes, mine);
  const std::size_t read_only = own ? sealed_ : access == Access::read ? readable : 0;
  if (read_only > 0) protect(arena_begin_, read_only, PROT_READ);
  if (read_only < arena_bytes) {
    protect(arena_begin_ + read_only, arena_bytes - read_only, mine);
  }
  arena_.opened();
}

}  // namespace heddle::fiber
