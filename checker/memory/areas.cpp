#include "checker/memory/areas.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace heddle::memory {
namespace {

// Far from programs, libraries and the threads' own memory, and the same in every run.
constexpr std::uintptr_t first_address = 0x3000'0000'0000;
constexpr std::uint32_t threads = 66;                            // all that there may be
constexpr std::size_t most_per_thread = std::size_t{64} << 20U;  // bytes of one pool

std::size_t whole_pages(std::size_t bytes) {
  return (std::max<std::size_t>(bytes, 1) + page_bytes() - 1) / page_bytes() * page_bytes();
}

}  // namespace

std::size_t page_bytes() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

Area::Area(std::size_t number, AreaKind kind, std::byte* base)
    : number_(number),
      kind_(kind),
      stride_(whole_pages(kind.bytes)),
      base_(base),
      end_(base + stride_),
      cells_(kind.bytes, !in_place()) {
  if (in_place()) return;
  blocks_per_thread_ =
      static_cast<std::uint32_t>(std::max<std::size_t>(most_per_thread / stride_, 1));
  const std::size_t total = stride_ * blocks_per_thread_ * threads;
  end_ = base_ + total;
  void* memory = mmap(base_, total, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::system_error(errno, std::generic_category(), "can't map memory for shared blocks");
  }
}

Area::~Area() {
  if (!in_place()) munmap(base_, static_cast<std::size_t>(end_ - base_));
}

std::byte* Area::block(std::uint32_t thread, std::uint32_t number) const {
  if (number >= blocks_per_thread_) return nullptr;
  return base_ + (std::size_t{thread} * blocks_per_thread_ + number) * stride_;
}

std::byte* Area::block_at(const void* address) const {
  const auto offset = static_cast<std::size_t>(static_cast<const std::byte*>(address) - base_);
  return base_ + offset / stride_ * stride_;
}

Areas::Areas(const std::vector<AreaRecord>& records) : fixed_(true) {
  for (const AreaRecord& record : records) {
    add(record.kind);
    for (const Cell& cell : record.cells) areas_.back()->cells().restore(cell);
  }
}

Area* Areas::of(const AreaKind& kind) {
  for (const auto& area : areas_) {
    if (area->kind() == kind) return area.get();
  }
  return nullptr;
}

Area* Areas::at(const void* address) const {
  for (const auto& area : areas_) {
    if (area->contains(address)) return area.get();
  }
  return nullptr;
}

void Areas::add(const AreaKind& kind) {
  if (free_ == nullptr) free_ = reinterpret_cast<std::byte*>(first_address);
  const bool in_pool = kind.place == Place::heap;
  std::byte* base = in_pool ? free_ : reinterpret_cast<std::byte*>(kind.at);
  areas_.push_back(std::make_unique<Area>(areas_.size(), kind, base));
  if (in_pool) free_ = areas_.back()->end();
}

std::vector<AreaRecord> Areas::records() const {
  std::vector<AreaRecord> records;
  for (const auto& area : areas_) records.push_back(area->record());
  return records;
}

}  // namespace heddle::memory
