// What a thread remembers whose accesses to memory are announced.
#include <cstring>
#include <vector>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

/// Shared cells, emptied while this lives. What they hold is no part of what the thread remembers:
/// it reads them anew.
class HiddenCells {
 public:
  HiddenCells() = default;
  ~HiddenCells() {
    for (const Cell& cell : cells_) std::memcpy(cell.address, &cell.value, cell.size);
  }
  HiddenCells(const HiddenCells&) = delete;
  HiddenCells& operator=(const HiddenCells&) = delete;

  void add(const memory::Area& area, std::byte* block) {
    for (const memory::Cell& each : area.cells().shared()) {
      Cell& cell = cells_.emplace_back();
      cell = {block + each.offset, 0, each.size};
      std::memcpy(&cell.value, cell.address, cell.size);
      std::memset(cell.address, 0, cell.size);
    }
  }

 private:
  struct Cell {
    std::byte* address = nullptr;
    std::uint64_t value = 0;
    std::uint32_t size = 0;
  };
  std::vector<Cell> cells_;
};

}  // namespace

/// Whether an area is a page of what the thread has from its beginning on.
bool Program::owns(const Thread& thread, const memory::Area& area) const {
  if (!area.in_place()) return false;
  if (area.kind().place == memory::Place::program) return thread.id == 0;
  return thread.fiber.region().contains(area.end() - 1);
}

/// As state_of(), with the thread's blocks in areas and, of the main thread, the program's data.
State Program::state_announced(Thread& thread, const void* frame) {
  HiddenCells hidden;
  for (const auto& area : areas_) {
    if (owns(thread, *area)) hidden.add(*area, area->block_at(area->end() - 1));
  }
  StateHash hash;
  for (std::size_t i = 0; i < thread.shared_blocks.size(); ++i) {
    for (std::uint32_t number = 0; number < thread.shared_blocks[i]; ++number) {
      std::byte* const block = areas_[i].block(thread.id, number);
      hidden.add(areas_[i], block);
      hash.add({block, areas_[i].bytes()});
    }
  }
  if (thread.id == 0) {
    announced_->for_data([&](std::span<const std::byte> data) { hash.add(data); });
  }
  const State rest = state_of(thread, frame);
  hash.add(rest.low);
  hash.add(rest.high);
  return hash.state();
}

}  // namespace heddle::runtime
