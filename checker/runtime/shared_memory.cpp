// Plain memory that several threads touch: what a thread sees of it between two Ops, and the Ops
// that its accesses become (docs/PLAIN-MEMORY.md).
#include <algorithm>
#include <csignal>
#include <cstring>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {

using memory::Cell;
using memory::Fault;
using memory::View;

/// Makes the thread's views of the stacks that are shared. They stay, since a signal handler, which
/// may come in the middle of an allocation, can't make any.
void Program::make_views(Thread& thread) {
  if (announced_ != nullptr || thread.in_place_views > 0) return;
  for (const auto& area : areas_) {
    if (!area->in_place()) continue;
    std::byte* page = area->block_at(area->end() - 1);
    const bool own = thread.fiber.region().in_stack(page);
    thread.views.emplace_back(*area, page, !own);
  }
  thread.in_place_views = thread.views.size();
}

void Program::clear_views(Thread& thread) {
  for (std::size_t i = 0; i < thread.in_place_views; ++i) thread.views[i].clear();
  thread.views.erase(thread.views.begin() + static_cast<std::ptrdiff_t>(thread.in_place_views),
                     thread.views.end());
}

/// Whether all that the thread does up to its next Op is known, so that it need not be watched.
bool Program::knows_next(const Thread& thread) const {
  if (thread.is_verified) return false;
  return std::any_of(thread.path.begin() + static_cast<std::ptrdiff_t>(thread.repeated),
                     thread.path.end(),
                     [&](NodeId id) { return tree_[id].op.place != api::Place::cell; });
}

/// Closes the shared memory to the thread, the pages of its own stack included, when its code is to
/// run. Where that need not be watched, opens what it sees.
void Program::close_memory(Thread& thread) {
  thread.is_watched = !knows_next(thread);
  // A use after free of what only this thread uses shows where the thread is watched.
  if (thread.is_watched && memory_is_shared) thread.fiber.region().arena().close_freed();
  for (std::size_t i = 0; i < thread.views.size(); ++i) {
    View& view = thread.views[i];
    const bool own = thread.fiber.region().in_stack(view.block());
    if (!own) {
      if (!thread.is_watched) view.lend();
      continue;
    }
    view.conceal();
    // What the main thread does before there are others changes nothing.
    const bool matters = view.area().cells().any_changes() || thread.spawns > 0 || thread.id != 0;
    view.set_closed(thread.is_watched && matters);
    if (view.closed()) {
      thread.fiber.region().close(view.block(), view.area().stride());
    } else {
      view.expose();
    }
  }
}

/// Opens the thread's own memory to the checker, and closes all other.
void Program::open_memory(Thread& thread) {
  for (View& view : thread.views) {
    if (!thread.fiber.region().in_stack(view.block())) {
      view.take_back();
    } else if (view.closed()) {
      thread.fiber.region().open(view.block(), view.area().stride());
      view.set_closed(false);
      view.expose();
    }
  }
}

/// Empties the cells of the thread's own stack, whose values are no part of what it remembers: it
/// reads them anew.
void Program::conceal_cells(Thread& thread) {
  for (std::size_t i = 0; i < thread.in_place_views; ++i) {
    View& view = thread.views[i];
    if (thread.fiber.region().in_stack(view.block())) view.conceal();
  }
}

api::Op Program::op_on(const View& view, const Cell& cell, api::OpKind kind) const {
  // The instruction stands where other Ops have what they compare with.
  return {.kind = kind,
          .type = api::ValueType::memory,
          .size = static_cast<std::uint8_t>(cell.size),
          .place = api::Place::cell,
          .address = view.block() + cell.offset,
          .operand = kind == api::OpKind::write ? view.value(cell) : 0,
          .expected = reinterpret_cast<std::uint64_t>(view.code(cell))};
}

/// Divides cells by the thread's accesses since the latest Op, and notes which cells change.
/// Returns whether there was anything new.
bool Program::learn_from(const Thread& thread) {
  if (areas_.fixed()) return false;
  bool learnt = false;
  for (const View& view : thread.views) learnt |= view.is_touched() && view.divide_cells();
  if (thread.id == 0 && thread.spawns == 0) return learnt;  // before there are others
  for (const View& view : thread.views) {
    if (!view.is_touched()) continue;
    const std::vector<Cell> cells = view.area().cells().all();
    for (const Cell& cell : cells) {
      learnt |= view.was_written(cell) && view.area().cells().note_change(cell);
    }
  }
  return learnt;
}

/// Calls `note` with the plain accesses since the latest Op, as Ops: of each cell one read and one
/// write at most. More would tell nothing, since nothing in between orders threads.
template <typename Note>
void Program::for_accesses(Thread& thread, Note note) {
  // By numbers: the fiber may be suspended within, and be given up there.
  for (std::size_t i = 0; i < thread.views.size(); ++i) {
    if (!thread.views[i].is_touched()) continue;
    const bool in_place = thread.views[i].area().in_place();
    for (std::size_t j = 0; j < thread.views[i].area().cells().all().size(); ++j) {
      const Cell cell = thread.views[i].area().cells().all()[j];
      // What never changes is never raced for.
      if (thread.views[i].was_read(cell) && cell.changes) {
        note(op_on(thread.views[i], cell, api::OpKind::touch));
      }
      if (thread.views[i].was_written(cell) && (cell.changes || !in_place)) {
        note(op_on(thread.views[i], cell, api::OpKind::write));
      }
    }
  }
}

/// Makes Ops of the plain accesses since the latest Op.
void Program::settle(Thread& thread) {
  if (announced_ != nullptr) return flush(thread);
  if (thread.views.empty()) return;
  if (!thread.is_watched) return pass_known(thread);
  if (learn_from(thread)) {
    thread.learnt = true;
    thread.fiber.abandon();
  }
  for_accesses(thread, [&](const api::Op& op) { answer(thread, op, nullptr); });
  clear_views(thread);
}

/// The same for a run that ended without another Op. It may have ended so because of a race.
void Program::settle_ended(Thread& thread) {
  if (announced_ != nullptr) return flush_ended(thread);
  if (!thread.is_watched || thread.repeated < thread.path.size()) return;
  for_accesses(thread, [&](const api::Op& op) {
    const Node node = make_node(thread, op);
    add_node(thread, node);
    thread.reply = fixed_reply(node);
  });
}

/// Whether the thread is where the known node comes next: the begin of an await, which is none,
/// parts the accesses before it from those behind it, too.
bool Program::may_come(const Thread& thread, const Node& node) {
  return !node.behind_await || thread.behind_await;
}

/// Repeats the Ops of plain accesses that are known.
void Program::pass_known(Thread& thread) {
  for (;;) {
    const Node& next = tree_[thread.path[thread.repeated]];
    if (next.op.place != api::Place::cell || !may_come(thread, next)) break;
    repeat(thread, next.op);
  }
  clear_views(thread);
}

/// Repeats the looks at shared blocks that are known to follow. They were asked for later, by
/// faults, but up to the next Op nothing changes what the thread may see.
void Program::see_blocks(Thread& thread) {
  while (thread.repeated < thread.path.size()) {
    const Node& next = tree_[thread.path[thread.repeated]];
    if (next.op.kind != api::OpKind::view || !may_come(thread, next)) return;
    const auto* block = static_cast<const std::byte*>(next.op.address);
    show(thread, block, repeat(thread, next.op));
  }
}

/// Whether the code that raised the signal may go on, having accessed shared memory. Notes what the
/// fault was if not. Runs on the thread's signal stack.
bool Program::step(Thread& thread, int signal, const void* address, void* registers) {
  if (signal != SIGSEGV) return false;
  if (stepper_.finish(registers)) return true;
  thread.fault = stepper_.begin(registers, areas_, thread.views);
  while (thread.fault == Fault::unseen) {
    thread.in_handler = true;
    look_at(thread, stepper_.where(), memory::code_at(registers));
    thread.in_handler = false;
    thread.fault = stepper_.begin(registers, areas_, thread.views);
  }
  if (thread.fault == Fault::stepping) return true;
  note_foreign(thread, address);
  return false;
}

/// Notes that memory turns out to be shared, if it is another thread's or may be read by one.
void Program::note_foreign(Thread& thread, const void* address) const {
  if (areas_.at(address) != nullptr) return;
  const Thread* owner = owner_of(address);
  const fiber::Arena::Block* freed =
      owner == &thread ? thread.fiber.region().arena().closed_at(address) : nullptr;
  if (freed != nullptr) {
    thread.foreign = freed->begin;
    return;
  }
  const bool sealed = thread.fiber.region().is_sealed(address);
  if (owner != nullptr && (owner != &thread || sealed)) thread.foreign = address;
}

/// Notes that a block, of a kind that only one thread uses, has to be watched, since something was
/// written beyond its ends. When it is, that is seen where it happens.
void Program::note_overrun(Thread& thread) const {
  if (thread.foreign != nullptr || thread.first_new == no_node || areas_.fixed()) return;
  const fiber::Arena::Block* block = thread.fiber.region().arena().overrun();
  if (block != nullptr) thread.foreign = block->begin;
}

/// The thread, to go on, has to see a shared block.
void Program::look_at(Thread& thread, const std::byte* block, const void* code) {
  const api::Op op{.kind = api::OpKind::view,
                   .place = api::Place::block,
                   .address = block,
                   .expected = reinterpret_cast<std::uint64_t>(code)};
  open_memory(thread);
  show(thread, block, answer(thread, op, nullptr));
  see_blocks(thread);
  close_memory(thread);
}

void Program::show(Thread& thread, const std::byte* block, const api::Reply& reply) {
  std::size_t at = 0;
  while (at < thread.views.size() && thread.views[at].block() != block) ++at;
  if (at == thread.views.size()) {
    memory::Area& area = *areas_.at(block);
    thread.views.emplace_back(area, area.block_at(block));
  }
  thread.views[at].show(reinterpret_cast<const char*>(reply.value));
}

Program::Thread* Program::owner_of(const void* address) const {
  for (const auto& thread : threads_) {
    if (thread && thread->fiber.region().contains(address)) return thread.get();
  }
  return nullptr;
}

/// Makes the memory shared that an address belongs to: a page of a stack, or the blocks that were
/// met there. Returns false if it is no such memory.
bool Program::share(const void* address) {
  if (areas_.fixed()) return false;
  const auto page = static_cast<std::uint32_t>(memory::page_bytes());
  if (announced_ != nullptr && announced_->has(address)) {
    const std::uint64_t at = reinterpret_cast<std::uintptr_t>(address) - memory::program_base();
    areas_.add({.place = memory::Place::program, .bytes = page, .at = at / page * page});
    return true;
  }
  const Thread* owner = owner_of(address);
  if (owner == nullptr || owner->fiber.region().in_arena(address)) return share_blocks(address);
  const bool stack = owner->fiber.region().in_stack(address);
  if (!fiber::has_own_stacks || (!stack && announced_ == nullptr)) return false;
  areas_.add({.place = memory::Place::stack,
              .bytes = page,
              .at = reinterpret_cast<std::uint64_t>(address) / page * page});
  return true;
}

/// The cells of a shared block. Where more are made, the program ends.
const std::vector<Program::CellPlace>& Program::cells_of(const void* block) {
  const auto [entry, fresh] = cells_of_blocks_.try_emplace(block);
  std::vector<CellPlace>& places = entry->second;
  if (!fresh) return places;
  const auto* begin = static_cast<const std::byte*>(block);
  for (const Cell& cell : areas_.at(block)->cells().all()) {
    places.push_back({slot_of(begin + cell.offset, api::Place::cell), cell});
  }
  return places;
}

std::string Program::values_of(const void* block,
                               const std::function<std::uint64_t(SlotId)>& value) {
  std::string values;
  for (const auto& [slot, cell] : cells_of(block)) {
    const std::uint64_t word = value(slot);
    values.append(reinterpret_cast<const char*>(&word), cell.size);
  }
  return values;
}

/// Begins the lives of a shared block and of its cells, which are zero at first.
void Program::begin_lives(Thread& thread, const memory::Area& area, const std::byte* block) {
  api::Op op{.kind = api::OpKind::construct,
             .type = api::ValueType::memory,
             .size = 8,
             .place = api::Place::block,
             .address = block,
             .text = "memory",
             .site = thread.site};
  answer(thread, op, nullptr);
  op.place = api::Place::cell;
  for (std::size_t i = 0; i < area.cells().all().size(); ++i) {
    op.size = static_cast<std::uint8_t>(area.cells().all()[i].size);
    op.address = block + area.cells().all()[i].offset;
    answer(thread, op, nullptr);
  }
}

void Program::begin_stack(Thread& thread) {
  for (std::size_t i = 0; i < thread.in_place_views; ++i) {
    const std::byte* page = thread.views[i].block();
    if (thread.fiber.region().in_stack(page)) begin_lives(thread, thread.views[i].area(), page);
  }
  see_blocks(thread);
}

/// Nobody may use the variables of a thread that has ended.
void Program::end_stack(Thread& thread) {
  if (announced_ != nullptr) return end_memory(thread);
  for (std::size_t i = 0; i < thread.in_place_views; ++i) {
    const std::byte* page = thread.views[i].block();
    if (thread.fiber.region().in_stack(page)) end_life(thread, page);
  }
}

void Program::end_life(Thread& thread, const void* block) {
  answer(thread, {.kind = api::OpKind::destroy, .place = api::Place::block, .address = block},
         nullptr);
}

}  // namespace heddle::runtime
