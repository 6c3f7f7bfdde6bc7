#include "checker/fiber/arena.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace heddle::fiber {
namespace {

constexpr std::byte pattern{0xfb};
// Before a guarded block: its zone, and room so that the block is aligned as most are.
constexpr std::size_t lead_bytes = 64;

std::size_t aligned(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) & ~(alignment - 1);
}

bool is_pattern(const std::byte* from, std::size_t bytes) {
  return std::all_of(from, from + bytes, [](std::byte each) { return each == pattern; });
}

}  // namespace

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  Block block{.begin = nullptr, .bytes = std::max<std::size_t>(bytes, 1)};
  block.guarded = bytes <= largest_guarded && alignment <= page_ && guarded_ < most_guarded;
  const std::size_t start = block.guarded ? aligned(up_to_page(used_) + lead_bytes, alignment)
                                          : aligned(used_, alignment);
  const std::size_t behind = block.guarded ? zone_bytes : 0;
  if (block.bytes > memory_.size() || start + behind > memory_.size() - block.bytes) return nullptr;
  block.begin = memory_.data() + start;
  used_ = start + block.bytes + behind;
  if (block.guarded) {
    ++guarded_;
    used_ = up_to_page(used_);
    std::memset(block.begin - zone_bytes, static_cast<int>(pattern), zone_bytes);
    std::memset(block.begin + block.bytes, static_cast<int>(pattern), zone_bytes);
  }
  blocks_.push_back(block);
  return block.begin;
}

const Arena::Block* Arena::find(const void* block) const {
  const auto found =
      std::lower_bound(blocks_.begin(), blocks_.end(), block,
                       [](const Block& each, const void* begin) { return each.begin < begin; });
  return found == blocks_.end() || found->begin != block ? nullptr : &*found;
}

void Arena::free(const void* block) {
  const Block* found = find(block);
  if (found == nullptr || found->freed) return;
  const auto number = static_cast<std::uint32_t>(found - blocks_.data());
  blocks_[number].freed = true;
  if (found->guarded) freed_.push_back(number);
}

std::span<std::byte> Arena::pages_of(const Block& block) const {
  const auto offset = static_cast<std::size_t>(block.begin - memory_.data());
  const std::size_t begin = offset / page_ * page_;
  return memory_.subspan(begin, up_to_page(offset + block.bytes + zone_bytes) - begin);
}

void Arena::close_freed() {
  for (; closed_ < freed_.size(); ++closed_) {
    const auto pages = pages_of(blocks_[freed_[closed_]]);
    if (mprotect(pages.data(), pages.size(), PROT_NONE) != 0) {
      throw std::system_error(errno, std::generic_category(), "can't close a freed block");
    }
  }
}

const Arena::Block* Arena::closed_at(const void* address) const {
  for (std::size_t i = 0; i < closed_; ++i) {
    const Block& block = blocks_[freed_[i]];
    const auto pages = pages_of(block);
    if (address >= pages.data() && address < pages.data() + pages.size()) return &block;
  }
  return nullptr;
}

bool Arena::has_whole_zones(const Block& block) {
  return !block.guarded || (is_pattern(block.begin - zone_bytes, zone_bytes) &&
                            is_pattern(block.begin + block.bytes, zone_bytes));
}

const Arena::Block* Arena::overrun() const {
  for (const Block& block : blocks_) {
    if (!block.freed && !has_whole_zones(block)) return &block;
  }
  return nullptr;
}

bool Arena::is_overrun(const void* block) const {
  const Block* found = find(block);
  return found != nullptr && !found->freed && !has_whole_zones(*found);
}

void Arena::rewind() {
  for (const Block& block : blocks_) {
    const std::size_t zone = block.guarded ? zone_bytes : 0;
    std::memset(block.begin - zone, 0, block.bytes + 2 * zone);
  }
  blocks_.clear();
  freed_.clear();
  closed_ = guarded_ = used_ = 0;
}

}  // namespace heddle::fiber
