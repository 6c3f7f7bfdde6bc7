// Memory whose accesses the code announces: which of it is shared, and the Ops that accesses to
// that become (docs/PROGRAMS.md).
//
// A cell is shared if a thread accesses it that does not own it, and somebody writes it once there
// are several threads. All else is the owner's own: whoever reads it finds it in memory. What is
// shared is known only as far as it was met. Where it becomes more, the exploration starts anew,
// for accesses were overlooked.
#include <algorithm>
#include <csignal>
#include <cstring>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {

using memory::Area;
using memory::Areas;
using memory::Cell;
using memory::Cells;
using memory::Notes;

namespace {

std::byte* end_of_page(std::byte* address) {
  const std::uintptr_t page = reinterpret_cast<std::uintptr_t>(address) / memory::page_bytes();
  return reinterpret_cast<std::byte*>((page + 1) * memory::page_bytes());
}

bool has_threads_beside(ThreadId id, std::uint32_t spawns) { return id != 0 || spawns > 0; }

}  // namespace

const api::Site& Program::site_of(const Caller& caller) {
  const std::uint64_t site =
      on_own_stack([&] { return reinterpret_cast<std::uint64_t>(&announced_->site_of(caller)); });
  return *reinterpret_cast<const api::Site*>(site);
}

/// The area of an address; null if it is the thread's own and nobody else's. Does not return if it
/// is another thread's and was not known to be shared.
Area* Program::tracked(Thread& thread, const std::byte* address) {
  Area* area = areas_.at(address);
  if (area != nullptr || thread.fiber.region().contains(address)) return area;
  const bool program = announced_->has(address);
  if ((program && thread.id == 0) || (!program && owner_of(address) == nullptr)) return nullptr;
  thread.foreign = address;
  give_up(thread, SIGSEGV, address);
}

/// Calls use(area, block, begin, end) with the parts of the memory that lie in areas.
template <typename Use>
void Program::for_tracked(Thread& thread, std::byte* address, std::size_t bytes, Use use) {
  std::byte* const end = address + bytes;
  while (address < end) {
    Area* area = tracked(thread, address);
    std::byte* const block = area == nullptr ? nullptr : area->block_at(address);
    std::byte* const part_end =
        std::min(end, area == nullptr ? end_of_page(address) : block + area->stride());
    if (area != nullptr) {
      use(*area, block, static_cast<std::uint32_t>(address - block),
          static_cast<std::uint32_t>(part_end - block));
    }
    address = part_end;
  }
}

/// Calls use(cell's address, size) with the shared cells in the memory.
template <typename Use>
void Program::for_shared(Thread& thread, std::byte* address, std::size_t bytes, Use use) {
  for_tracked(thread, address, bytes,
              [&](const Area& area, std::byte* block, std::uint32_t begin, std::uint32_t end) {
                // Looked up each time: while the thread waits for a reply, more cells may come.
                for (std::uint32_t at = begin; at < end;) {
                  const auto cell = area.cells().first_shared(at);
                  if (cell == area.cells().shared().end() || cell->offset >= end) return;
                  at = cell->end();
                  use(block + cell->offset, static_cast<std::uint8_t>(cell->size));
                }
              });
}

/// Notes who accesses what. Gives the exploration up where that makes more memory shared. `atomic`:
/// what is accessed so is taken for shared from the first other thread on, or a thread that waits
/// for a value would not let others come.
void Program::learn(Thread& thread, std::byte* address, std::size_t bytes, bool writes,
                    bool atomic) {
  const bool several = has_threads_beside(thread.id, thread.spawns);
  const bool shared = atomic && several;
  const bool can_be_shared = announced_->has(address) || owner_of(address) != nullptr;
  if (shared && can_be_shared && areas_.at(address) == nullptr && !areas_.fixed()) {
    thread.foreign = address;
    give_up(thread, SIGSEGV, address);
  }
  for_tracked(thread, address, bytes,
              [&](Area& area, std::byte* block, std::uint32_t begin, std::uint32_t end) {
                if (end > area.bytes()) {
                  end_thread(thread, ViolationKind::use_after_free,
                             "thread " + std::to_string(thread.id) +
                                 " accesses memory beyond the end of " + object_name(block),
                             thread.site);
                }
                if (areas_.fixed()) return;
                const bool program = area.kind().place == memory::Place::program;
                const ThreadId owner = program           ? 0
                                       : area.in_place() ? owner_of(block)->id
                                                         : area.owner(block);
                const Cells::Use use{.foreign = shared || owner != thread.id,
                                     .changes = shared || (writes && several)};
                if (area.cells().announce(begin, end, use)) {
                  thread.learnt = true;
                  thread.fiber.abandon();
                }
              });
}

/// Makes the cell's value known to the thread.
void Program::see(Thread& thread, std::byte* cell, std::uint8_t size, const Caller& caller) {
  if (thread.notes.find(cell) != nullptr) return;
  const api::Site& site = site_of(caller);
  take_written(thread);
  const std::uint64_t value = api::perform({.kind = api::OpKind::read,
                                            .type = api::ValueType::memory,
                                            .size = size,
                                            .place = api::Place::cell,
                                            .address = cell,
                                            .site = site})
                                  .value;
  current_memory = nullptr;
  // While this one waited, other threads may have used the memory.
  for (std::size_t i = 0; i < thread.notes.size(); ++i) {
    const Notes::Entry& entry = thread.notes[i];
    if (entry.written) std::memcpy(entry.address, &entry.value, entry.size);
  }
  thread.notes.add({.address = cell, .size = size, .value = value});
}

/// Takes the values of cells that were written from memory. They are there from some time behind
/// the announcement on: g++ announces the read of a copy behind its write.
void Program::take_written(Thread& thread) {
  for (std::size_t i = 0; i < thread.notes.size(); ++i) {
    Notes::Entry& entry = thread.notes[i];
    if (entry.written) std::memcpy(&entry.value, entry.address, entry.size);
  }
}

void Program::announce(void* start, std::size_t bytes, bool reads, bool writes,
                       const Caller& caller) {
  Thread& thread = *running_;
  current_memory = nullptr;
  auto* const address = static_cast<std::byte*>(start);
  learn(thread, address, bytes, writes, false);
  if (reads) {
    for_shared(thread, address, bytes,
               [&](std::byte* cell, std::uint8_t size) { see(thread, cell, size, caller); });
    // All at once: while the thread waited for one value, others may have used the memory.
    for_shared(thread, address, bytes, [&](std::byte* cell, std::uint8_t size) {
      const Notes::Entry& entry = *thread.notes.find(cell);
      if (!entry.written) std::memcpy(cell, &entry.value, size);
    });
  }
  if (writes) {
    const auto mark = [&](std::byte* cell, std::uint8_t size) {
      Notes::Entry* entry = thread.notes.find(cell);
      if (entry == nullptr) entry = &thread.notes.add({.address = cell, .size = size});
      entry->written = true;
      entry->place = reinterpret_cast<std::uint64_t>(&site_of(caller));
    };
    for_shared(thread, address, bytes, mark);
  }
  current_memory = this;
}

bool Program::announce_atomic(void* start, std::size_t bytes, bool writes, const Caller& caller) {
  Thread& thread = *running_;
  current_memory = nullptr;
  auto* const address = static_cast<std::byte*>(start);
  learn(thread, address, bytes, writes, true);
  std::size_t cells = 0;
  bool whole = true;
  for_shared(thread, address, bytes, [&](std::byte* cell, std::uint8_t size) {
    ++cells;
    whole = cell == address && size == bytes;
  });
  if (cells > 0 && !whole) {
    end_thread(thread, ViolationKind::unmodelled_memory,
               "an atomic access to " + std::to_string(bytes) +
                   " bytes of memory of which other accesses take a part: that can't be explored",
               site_of(caller));
  }
  current_memory = this;
  return cells > 0;
}

namespace {

api::Op write_of(const Notes::Entry& entry) {
  return {.kind = api::OpKind::write,
          .type = api::ValueType::memory,
          .size = entry.size,
          .place = api::Place::cell,
          .address = entry.address,
          .operand = entry.value,
          .site = *reinterpret_cast<const api::Site*>(entry.place)};
}

}  // namespace

/// Makes Ops of the plain writes since the latest Op that may order; each cell's last one. Others
/// nobody sees.
void Program::flush(Thread& thread) {
  take_written(thread);
  for (std::size_t i = 0; i < thread.notes.size(); ++i) {
    if (thread.notes[i].written) answer(thread, write_of(thread.notes[i]), nullptr);
  }
  thread.notes.clear();
}

/// The same for a run that ended without another Op.
void Program::flush_ended(Thread& thread) {
  if (thread.repeated < thread.path.size()) return;
  take_written(thread);
  for (std::size_t i = 0; i < thread.notes.size(); ++i) {
    if (!thread.notes[i].written) continue;
    add_node(thread, make_node(thread, write_of(thread.notes[i])));
    thread.reply = {};
  }
  thread.notes.clear();
}

/// Begins the lives of a block's shared cells.
void Program::begin_cells(Thread& thread, Area& area, std::byte* block, bool has_values) {
  for (std::size_t i = 0; i < area.cells().shared().size(); ++i) {
    const Cell cell = area.cells().shared()[i];
    std::uint64_t value = 0;
    if (has_values) std::memcpy(&value, block + cell.offset, cell.size);
    answer(thread,
           {.kind = api::OpKind::construct,
            .type = api::ValueType::memory,
            .size = static_cast<std::uint8_t>(cell.size),
            .place = api::Place::cell,
            .address = block + cell.offset,
            .operand = value,
            .text = "memory",
            .site = thread.site},
           nullptr);
  }
}

void Program::end_cells(Thread& thread, Area& area, std::byte* block) {
  for (std::size_t i = 0; i < area.cells().shared().size(); ++i) {
    answer(thread,
           {.kind = api::OpKind::destroy,
            .place = api::Place::cell,
            .address = block + area.cells().shared()[i].offset},
           nullptr);
  }
}

/// Begins the lives of what exists when the thread begins: its stack and thread_local variables; of
/// the main thread, the program's data.
void Program::begin_memory(Thread& thread) {
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    Area& area = areas_[i];
    if (owns(thread, area)) begin_cells(thread, area, area.block_at(area.end() - 1), true);
  }
}

/// Nobody may use the variables of a thread that has ended. The program's live on.
void Program::end_memory(Thread& thread) {
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    Area& area = areas_[i];
    std::byte* const page = area.in_place() ? area.block_at(area.end() - 1) : nullptr;
    if (page != nullptr && thread.fiber.region().contains(page)) end_cells(thread, area, page);
  }
}

/// The end of a block is an access to all of it.
void Program::release_cells(Thread& thread, std::byte* block) {
  Area& area = *areas_.at(block);
  const bool foreign = area.owner(block) != thread.id;
  const bool changes = has_threads_beside(thread.id, thread.spawns);
  if (!areas_.fixed() && area.cells().announce_end({.foreign = foreign, .changes = changes})) {
    thread.learnt = true;
    thread.fiber.abandon();
  }
  end_cells(thread, area, block);
}

/// Empties what the thread has allocated in areas, so that every run starts alike.
void Program::forget_blocks(Thread& thread) {
  for (std::size_t i = 0; i < thread.shared_blocks.size(); ++i) {
    for (std::uint32_t number = 0; number < thread.shared_blocks[i]; ++number) {
      std::byte* const block = areas_[i].block(thread.id, number);
      if (block != nullptr) std::memset(block, 0, areas_[i].bytes());
    }
  }
  thread.shared_blocks.clear();
  thread.notes.clear();
  if (thread.id == 0) announced_->restore();
}

}  // namespace heddle::runtime
