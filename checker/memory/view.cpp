#include "checker/memory/view.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace heddle::memory {
namespace {

// A block may be a stack's, and hold a sanitizer's red zones of the code that runs now.
#ifdef __SANITIZE_ADDRESS__
#define UNCHECKED __attribute__((no_sanitize("address")))
UNCHECKED void copy_bytes(std::byte* to, const std::byte* from, std::size_t count) {
  volatile std::byte* const target = to;  // else it becomes a call that is checked
  for (std::size_t i = 0; i < count; ++i) target[i] = from[i];
}
UNCHECKED void clear_bytes(std::byte* bytes, std::size_t count) {
  volatile std::byte* const target = bytes;
  for (std::size_t i = 0; i < count; ++i) target[i] = std::byte{};
}
#undef UNCHECKED
#else
void copy_bytes(std::byte* to, const std::byte* from, std::size_t count) {
  std::memcpy(to, from, count);
}
void clear_bytes(std::byte* bytes, std::size_t count) { std::memset(bytes, 0, count); }
#endif

}  // namespace

View::View(Area& area, std::byte* block, bool makes_cells)
    : area_(&area),
      block_(block),
      makes_cells_(makes_cells),
      bytes_(area.bytes()),
      saved_(area.bytes()),
      marks_(area.bytes() + 1, 0),
      code_(area.bytes() / word + 1, nullptr) {}

void View::show(const char* values) {
  for (const Cell& cell : area_->cells().all()) {
    for (std::uint32_t at = cell.offset; at < cell.end(); ++at, ++values) {
      if ((marks_[at] & known) == 0) bytes_[at] = static_cast<std::byte>(*values);
    }
  }
  shown_ = true;
  exposed_ = false;
}

/// Calls `use` with the ranges of offsets of the access whose values the view has, and not the
/// memory.
template <typename Use>
void View::for_each_kept(const Access& access, Use use) const {
  const std::uint32_t begin = offset(access);
  const std::uint32_t end = begin + access.size;
  if (!area_->in_place()) return use(begin, end);
  for (const Cell& cell : area_->cells().all()) {
    const std::uint32_t from = std::max(begin, cell.offset);
    const std::uint32_t to = std::min(end, cell.end());
    if (cell.changes && from < to) use(from, to);
  }
}

bool View::hides(const Access& access) const {
  if (shown_) return false;
  const bool own = !makes_cells_;
  bool result = false;
  for_each_kept(access, [&](std::uint32_t from, std::uint32_t to) {
    const auto is_known = [](std::uint8_t marks) { return (marks & known) != 0; };
    result |= !own || (access.reads && !std::all_of(&marks_[from], &marks_[to], is_known));
  });
  return result;
}

bool View::knows(const Access& access) const {
  // The stack's own thread has it there. Of a block of the heap, what was written is the thread's
  // own until its next Op.
  if (!makes_cells_ || (!area_->in_place() && !access.reads)) return true;
  const std::uint32_t begin = offset(access);
  for (std::uint32_t at = begin; at < begin + access.size; ++at) {
    const bool is_kept = !area_->in_place() && (marks_[at] & known) != 0;
    if (!is_kept && !area_->cells().has(at)) return false;
  }
  return true;
}

void View::mark(std::uint32_t begin, std::uint32_t end, const Access& access, const void* code) {
  const auto kind =
      static_cast<std::uint8_t>((access.reads ? read : 0) | (access.writes ? written | known : 0));
  for (std::uint32_t at = begin; at < end; ++at) {
    marks_[at] |= kind;
    code_[at / word] = code;
  }
  marks_[begin] |= limit;
  marks_[end] |= limit;
  first_ = std::min(first_, begin);
  last_ = std::max(last_, end + 1);
}

bool View::notes(const Access& access) const {
  if (makes_cells_) return true;
  const std::uint32_t begin = offset(access);
  for (std::uint32_t at = begin; at < begin + access.size; ++at) {
    if (area_->cells().has(at)) return true;
  }
  return false;
}

void View::note(const Access& access, const void* code) {
  const std::uint32_t begin = offset(access);
  const std::uint32_t end = begin + access.size;
  if (makes_cells_) return mark(begin, end, access, code);
  // What is no cell stays none.
  const Cells& cells = area_->cells();
  for (std::uint32_t at = begin; at < end;) {
    const std::uint32_t run = at;
    while (at < end && cells.has(at)) ++at;
    if (run < at) mark(run, at, access, code);
    while (at < end && !cells.has(at)) ++at;
  }
}

void View::clear() {
  shown_ = exposed_ = false;
  if (!is_touched()) return;
  std::fill(marks_.begin() + first_, marks_.begin() + last_, std::uint8_t{0});
  for_each_kept(whole(), [&](std::uint32_t from, std::uint32_t to) {
    std::memset(&bytes_[from], 0, to - from);
  });
  first_ = ~0U;
  last_ = 0;
}

void View::save(const Access& access) {
  for_each_kept(access, [&](std::uint32_t from, std::uint32_t to) {
    copy_bytes(&saved_[from], block_ + from, to - from);
  });
}

void View::fill(const Access& access) const {
  for_each_kept(access, [&](std::uint32_t from, std::uint32_t to) {
    copy_bytes(block_ + from, &bytes_[from], to - from);
  });
}

void View::take(const Access& access) {
  for_each_kept(access, [&](std::uint32_t from, std::uint32_t to) {
    copy_bytes(&bytes_[from], block_ + from, to - from);
  });
}

void View::restore(const Access& access) const {
  for_each_kept(access, [&](std::uint32_t from, std::uint32_t to) {
    copy_bytes(block_ + from, &saved_[from], to - from);
  });
}

void View::expose() {
  fill(whole());
  exposed_ = true;
}

void View::conceal() {
  if (exposed_) take(whole());
  exposed_ = false;
  for_each_kept(whole(), [&](std::uint32_t from, std::uint32_t to) {
    clear_bytes(block_ + from, to - from);
  });
}

void View::lend() {
  if (!shown_) return;
  set_rights(PROT_READ | PROT_WRITE);
  save(whole());
  fill(whole());
  lent_ = true;
}

void View::take_back() {
  if (!lent_) return;
  take(whole());
  restore(whole());
  set_rights(PROT_NONE);
  lent_ = false;
}

void View::set_rights(int rights) const {
  if (mprotect(block_, area_->stride(), rights) != 0) {
    throw std::system_error(errno, std::generic_category(), "can't protect shared memory");
  }
}

bool View::divide_cells() const {
  bool changed = false;
  std::uint32_t begin = first_;
  for (std::uint32_t at = first_ + 1; at < last_; ++at) {
    if ((marks_[at] & limit) == 0) continue;
    // Between two limits, all bytes were accessed or none.
    const bool accessed = (marks_[begin] & (read | written)) != 0;
    changed |= accessed && area_->cells().divide(begin, at);
    begin = at;
  }
  return changed;
}

bool View::has(const Cell& cell, std::uint8_t mark) const {
  for (std::uint32_t at = cell.offset; at < cell.end(); ++at) {
    if ((marks_[at] & mark) != 0) return true;
  }
  return false;
}

std::uint64_t View::value(const Cell& cell) const {
  std::uint64_t value = 0;
  // The memory may be closed, but holds it.
  const bool kept = !area_->in_place() || area_->cells().changes(cell.offset);
  copy_bytes(reinterpret_cast<std::byte*>(&value),
             kept ? &bytes_[cell.offset] : &block_[cell.offset], cell.size);
  return value;
}

}  // namespace heddle::memory
