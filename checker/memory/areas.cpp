#include "checker/memory/areas.hpp"

#include <link.h>
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
constexpr std::size_t pool_bytes = most_per_thread * threads;
constexpr std::uintptr_t last_address = 0x5000'0000'0000;  // programs lie above

std::uintptr_t number_of(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

/// Where the program, which comes first of all that is loaded, lies.
struct Program {
  std::uintptr_t base = 0;
  std::uintptr_t code_begin = 0;
  std::uintptr_t code_end = 0;
};

int take_first(dl_phdr_info* info, std::size_t, void* result) {
  auto& program = *static_cast<Program*>(result);
  program.base = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    program.code_begin = info->dlpi_addr + segment.p_vaddr;
    program.code_end = program.code_begin + segment.p_memsz;
  }
  return 1;
}

const Program& program() {
  static const Program found = [] {
    Program result;
    dl_iterate_phdr(take_first, &result);
    return result;
  }();
  return found;
}

std::size_t whole_pages(std::size_t bytes) {
  return (std::max<std::size_t>(bytes, 1) + page_bytes() - 1) / page_bytes() * page_bytes();
}

}  // namespace

std::size_t page_bytes() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

std::uintptr_t program_base() { return program().base; }

bool in_program_code(const void* address) {
  return number_of(address) >= program().code_begin && number_of(address) < program().code_end;
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

void Area::open() {
  const auto bytes = static_cast<std::size_t>(end_ - base_);
  if (in_place() || mprotect(base_, bytes, PROT_READ | PROT_WRITE) == 0) return;
  throw std::system_error(errno, std::generic_category(), "can't open memory for shared blocks");
}

std::uint32_t Area::owner(const void* address) const {
  const auto offset = static_cast<std::size_t>(static_cast<const std::byte*>(address) - base_);
  return static_cast<std::uint32_t>(offset / (stride_ * blocks_per_thread_));
}

std::byte* Area::block(std::uint32_t thread, std::uint32_t number) const {
  if (number >= blocks_per_thread_) return nullptr;
  return base_ + (std::size_t{thread} * blocks_per_thread_ + number) * stride_;
}

std::byte* Area::block_at(const void* address) const {
  const auto offset = static_cast<std::size_t>(static_cast<const std::byte*>(address) - base_);
  return base_ + offset / stride_ * stride_;
}

Areas::Areas(const std::vector<AreaRecord>& records, bool fixed) : fixed_(fixed) {
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

bool Areas::in_pools(const void* address) {
  return number_of(address) >= first_address && number_of(address) < last_address;
}

Area* Areas::pool(const void* address) const {
  const std::size_t number = (number_of(address) - first_address) / pool_bytes;
  const bool known = number < pools_.size() && pools_[number]->contains(address);
  return known ? pools_[number] : nullptr;
}

Area* Areas::page(const void* address) const {
  const auto found = pages_.find(number_of(address) / page_bytes());
  return found == pages_.end() ? nullptr : found->second;
}

void Areas::open() {
  open_ = true;
  for (const auto& area : areas_) area->open();
}

void Areas::add(const AreaKind& kind) {
  const bool in_pool = kind.place == Place::heap;
  std::uintptr_t base = in_pool ? first_address + pools_.size() * pool_bytes : kind.at;
  if (kind.place == Place::program) base += program_base();
  areas_.push_back(std::make_unique<Area>(areas_.size(), kind, reinterpret_cast<std::byte*>(base)));
  if (open_) areas_.back()->open();
  if (in_pool) {
    pools_.push_back(areas_.back().get());
  } else {
    pages_[base / page_bytes()] = areas_.back().get();
  }
}

std::vector<AreaRecord> Areas::records() const {
  std::vector<AreaRecord> records;
  for (const auto& area : areas_) records.push_back(area->record());
  return records;
}

}  // namespace heddle::memory
