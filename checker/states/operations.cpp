// What each Op does to a state, and when it is wrong: the rules of checker/property, for one
// memory.
#include "checker/explore/values.hpp"
#include "checker/states/machine.hpp"

namespace heddle::states {

using runtime::End;
using runtime::Node;

namespace {

// How the facts about an object are packed.
constexpr std::uint64_t life_begun = 1;
constexpr std::uint64_t life_over = 2;
constexpr std::uint64_t uninitialised = 4;
constexpr std::uint64_t allocated = 8;
constexpr std::uint64_t released = 16;
constexpr int shape_shift = 8;
constexpr int holder_shift = 16;
constexpr int bytes_shift = 32;
constexpr std::uint64_t of_block = allocated | released | ~std::uint64_t{0} << bytes_shift;
constexpr std::uint64_t holder_mask = std::uint64_t{0xffff} << holder_shift;

std::uint64_t holder_of(std::uint64_t facts) { return (facts & holder_mask) >> holder_shift; }
std::uint64_t shape_of(std::uint64_t facts) { return facts >> shape_shift & 0xff; }
std::uint64_t held_by(std::uint64_t facts, std::uint64_t holder) {
  return (facts & ~holder_mask) | holder << holder_shift;
}

}  // namespace

Outcome Machine::do_op(ThreadId thread, Alternative alternative, api::Reply* reply) {
  using enum api::OpKind;
  const Node& next = node(thread);
  if (runtime::has_fixed_reply(next.op.kind)) *reply = runtime::fixed_reply(next);
  switch (next.op.kind) {
    case fence:
    case note:
      return Outcome::done;
    case read:
    case touch:
    case view:
    case write:
      return do_plain(thread, reply);
    case construct:
    case destroy:
      return do_life(thread);
    case allocate:
    case release:
      return do_block(thread);
    case lock:
    case try_lock:
    case unlock:
      return do_lock(thread, reply);
    case spawn: {
      const auto child = static_cast<ThreadId>(next.op.expected);
      const NodeId at = locals_[threads_[thread]].node;
      if (child >= parents_.size()) parents_.resize(std::size_t{child} + 1, nobody);
      parents_[child] = thread;
      set_thread(child, locals_.first(at));
      list_ = accesses_.with(list_, {child, AccessKind::spawn, thread});
      return Outcome::done;
    }
    case join:
      return do_join(thread);
    case choose:
      if (next.op.weak) locals_.program().note_bound(next.op.text);
      reply->value = alternative;
      return Outcome::done;
    case invariant:
      unsupported_ = "the scenario has an invariant, which the search over states does not look at";
      return Outcome::refused;
    default:
      return do_atomic(thread, alternative, reply);
  }
}

/// Whether the object does not live, or is none of that kind.
bool Machine::is_wrong_access(const Node& next) {
  const std::uint64_t facts = slot(next.slot).facts;
  if ((facts & life_begun) == 0 || (facts & life_over) != 0) return true;
  return next.shape != 0 && next.shape != shape_of(facts);
}

Outcome Machine::do_atomic(ThreadId thread, Alternative alternative, api::Reply* reply) {
  const Node& next = node(thread);
  use(thread, next.slot);
  const bool loads = next.op.kind != api::OpKind::store;
  const Slot before = slot(next.slot);
  const bool spurious = alternative == fails_spuriously;
  const bool writes_back = !spurious && explore::writes_back(next, before.value);
  note_access(thread, next.slot,
              !loads || writes_back ? AccessKind::atomic_write : AccessKind::atomic_read);
  if (is_wrong_access(next)) return Outcome::wrong;
  if (!loads) {
    set_value(next.slot, next.op.operand);
  } else {
    if ((before.facts & uninitialised) != 0) return Outcome::wrong;
    *reply = {.value = before.value, .spurious_failure = spurious};
    if (!writes_back) return Outcome::done;
    set_value(next.slot, explore::value_written_back(next, before.value));
  }
  set_facts(next.slot, before.facts & ~uninitialised);
  return Outcome::done;
}

Outcome Machine::do_lock(ThreadId thread, api::Reply* reply) {
  using enum api::OpKind;
  const Node& next = node(thread);
  use(thread, next.slot);
  note_access(thread, next.slot, AccessKind::atomic_write);
  if (is_wrong_access(next)) return Outcome::wrong;
  const Slot before = slot(next.slot);
  const bool mine = holder_of(before.facts) == thread + 1u;
  if (next.op.kind == unlock) {
    if (!mine) return Outcome::wrong;
    set_value(next.slot, 0);
    set_facts(next.slot, held_by(before.facts, 0));
    return Outcome::done;
  }
  if (next.op.kind == lock && mine) return Outcome::wrong;
  const bool taken = before.value != 0;
  if (next.op.kind == lock && taken) return Outcome::blocked;
  if (next.op.kind == try_lock) *reply = {.value = taken ? 0u : 1u};
  if (taken) return Outcome::done;
  set_value(next.slot, 1);
  set_facts(next.slot, held_by(before.facts, thread + 1u));
  return Outcome::done;
}

Outcome Machine::do_plain(ThreadId thread, api::Reply* reply) {
  const Node& next = node(thread);
  const bool writes = next.op.kind == api::OpKind::write;
  note_access(thread, next.slot, writes ? AccessKind::write : AccessKind::read);
  if (is_wrong_access(next)) return Outcome::wrong;
  const std::uint64_t facts = slot(next.slot).facts;
  if (writes) {
    set_value(next.slot, next.op.operand);
    set_facts(next.slot, facts & ~uninitialised);
    return Outcome::done;
  }
  if ((facts & uninitialised) != 0) return Outcome::wrong;
  if (next.op.kind == api::OpKind::read) reply->value = slot(next.slot).value;
  if (next.op.kind == api::OpKind::view) {
    runtime::Program& program = locals_.program();
    const std::string bytes =
        program.values_of(next.op.address, [this](SlotId cell) { return value(cell); });
    reply->value = program.keep(bytes);
  }
  return Outcome::done;
}

/// The beginning or end of an object's life.
Outcome Machine::do_life(ThreadId thread) {
  const Node& next = node(thread);
  note_access(thread, next.slot, AccessKind::life);
  const std::uint64_t facts = slot(next.slot).facts;
  const bool lives = (facts & life_begun) != 0 && (facts & life_over) == 0;
  if (next.op.kind == api::OpKind::destroy) {
    if (!lives || is_wrong_access(next)) return Outcome::wrong;
    if (explore::is_mutex(next) && value(next.slot) != 0) return Outcome::wrong;
    set_facts(next.slot, facts | life_over);
    return Outcome::done;
  }
  if (lives) return Outcome::wrong;
  if (next.op.place == api::Place::object) by_address_[next.op.address] = next.slot;
  const bool has_no_value = !next.op.has_operand && !explore::is_mutex(next);
  set_value(next.slot, next.op.operand);
  set_facts(next.slot, (facts & of_block) | life_begun | (has_no_value ? uninitialised : 0) |
                           std::uint64_t{next.shape} << shape_shift);
  return Outcome::done;
}

/// A block of memory comes or goes.
Outcome Machine::do_block(ThreadId thread) {
  const Node& next = node(thread);
  const std::uint64_t facts = slot(next.slot).facts;
  if (next.op.kind == api::OpKind::allocate) {
    set_facts(next.slot, (facts & ~of_block) | allocated | next.op.operand << bytes_shift);
    return Outcome::done;
  }
  if ((facts & released) != 0 || (facts & allocated) == 0) return Outcome::wrong;
  if (holds_object(next.op.address, facts >> bytes_shift)) return Outcome::wrong;
  set_facts(next.slot, facts | released);
  return Outcome::done;
}

/// Whether an object lives in the block.
bool Machine::holds_object(const void* block, std::uint64_t bytes) const {
  const auto* end = static_cast<const std::byte*>(block) + bytes;
  for (auto each = by_address_.lower_bound(block);
       each != by_address_.end() && each->first < static_cast<const void*>(end); ++each) {
    const std::uint64_t facts = slots_[each->second].facts;
    if ((facts & life_begun) != 0 && (facts & life_over) == 0) return true;
  }
  return false;
}

/// What a thread that is over accessed last is the joining thread's business from then on.
Outcome Machine::do_join(ThreadId thread) {
  const auto target = static_cast<ThreadId>(node(thread).op.operand);
  const bool exists = target < threads_.size() && threads_[target] != not_started;
  if (!exists || node(target).end != End::finished) return Outcome::blocked;
  const Local over = locals_[threads_[target]];
  list_ = accesses_.joined(list_, thread, over.accesses, target);
  set_thread(target, locals_.number_of(over.node, 0));
  return Outcome::done;
}

/// Notes that a thread uses an object as an atomic or a lock.
void Machine::use(ThreadId thread, SlotId id) {
  Object& used = object(id);
  if (used.shared || used.user == thread) return;
  if (used.user == nobody) {
    used.user = thread;
    return;
  }
  used.shared = sharing_grew_ = true;
}

/// Compares an access of the thread's with those that the others did since their latest visible
/// steps: who could have done theirs at the same time races. Adds it to the thread's own, unless it
/// is a visible step itself: another thread could do its own before that one as well.
void Machine::note_access(ThreadId thread, SlotId id, AccessKind kind) {
  const auto is_ancestor = [&](ThreadId each) { return descends(thread, each); };
  for (ThreadId other = 0; other < threads(); ++other) {
    if (other == thread || threads_[other] == not_started) continue;
    const AccessesId others = locals_[threads_[other]].accesses;
    if (!accesses_.may_have(others, id)) continue;
    const std::vector<Access>& list = accesses_[others];
    for (std::size_t i = 0; i < list.size() && !suspicious_; ++i) {
      const bool meets = list[i].slot == id && list[i].thread != thread &&
                         conflict(list[i].kind, kind) &&
                         !accesses_.is_ordered(others, i, is_ancestor);
      suspicious_ |= meets;
    }
  }
  if (is_kept_) list_ = accesses_.with(list_, {id, kind, thread});
}

bool Machine::descends(ThreadId thread, ThreadId ancestor) const {
  while (thread != ancestor && thread < parents_.size()) thread = parents_[thread];
  return thread == ancestor;
}

}  // namespace heddle::states
