// States: what they consist of, how a step changes them and is undone.
#include "checker/states/machine.hpp"

#include <bit>

#include "checker/explore/values.hpp"

namespace heddle::states {

using runtime::End;
using runtime::Node;

namespace {

constexpr std::uint32_t most_local_steps = 2000;  // at once, of all threads

// Parts of the state, as the fingerprint knows them.
std::uint64_t place_of_thread(std::uint64_t thread) { return 3 * thread; }
std::uint64_t place_of_value(std::uint64_t slot) { return 3 * slot + 1; }
std::uint64_t place_of_facts(std::uint64_t slot) { return 3 * slot + 2; }

}  // namespace

Machine::Slot& Machine::slot(SlotId id) {
  if (id >= slots_.size()) slots_.resize(2 * std::size_t{id} + 1);
  return slots_[id];
}

Machine::Object& Machine::object(SlotId id) {
  if (id >= objects_.size()) objects_.resize(2 * std::size_t{id} + 1);
  return objects_[id];
}

void Machine::set_thread(ThreadId thread, LocalId local) {
  if (thread >= threads_.size()) threads_.resize(std::size_t{thread} + 1, not_started);
  trail_.push_back({Change::What::thread, thread, threads_[thread]});
  fingerprint_.change(place_of_thread(thread), threads_[thread], local);
  threads_[thread] = local;
}

void Machine::set_value(SlotId id, std::uint64_t value) {
  Slot& changed = slot(id);
  if (changed.value == value) return;
  trail_.push_back({Change::What::value, id, changed.value});
  fingerprint_.change(place_of_value(id), changed.value, value);
  changed.value = value;
}

void Machine::set_facts(SlotId id, std::uint64_t facts) {
  Slot& changed = slot(id);
  if (changed.facts == facts) return;
  trail_.push_back({Change::What::facts, id, changed.facts});
  fingerprint_.change(place_of_facts(id), changed.facts, facts);
  changed.facts = facts;
}

void Machine::undo(Mark mark) {
  while (trail_.size() > mark) {
    const Change change = trail_.back();
    trail_.pop_back();
    switch (change.what) {
      case Change::What::thread: {
        LocalId& local = threads_[change.index];
        fingerprint_.change(place_of_thread(change.index), local, change.former);
        local = static_cast<LocalId>(change.former);
        break;
      }
      case Change::What::value: {
        std::uint64_t& value = slots_[change.index].value;
        fingerprint_.change(place_of_value(change.index), value, change.former);
        value = change.former;
        break;
      }
      case Change::What::facts: {
        std::uint64_t& facts = slots_[change.index].facts;
        fingerprint_.change(place_of_facts(change.index), facts, change.former);
        facts = change.former;
        break;
      }
    }
  }
}

Outcome Machine::start() {
  undo(0);
  suspicious_ = false;
  set_thread(0, locals_.first(no_node));
  return do_local_steps();
}

bool Machine::ended(ThreadId thread) const {
  return threads_[thread] == not_started || node(thread).end != End::none;
}

/// Whether a weak Op may fail although its condition is met, and the thread would notice: the same
/// rule as that of Execution.
bool Machine::may_fail_spuriously(ThreadId thread) const {
  const Node& next = node(thread);
  if (!spurious_ || !next.op.weak || !api::may_fail(next.op.kind)) return false;
  const std::uint64_t value = this->value(next.slot);
  if (!explore::writes_back(next, value)) return false;
  constexpr std::uint8_t most_failures = 3;
  if (next.failures < most_failures) return true;
  locals_.program().note_bound("at most 3 failures of a weak operation in a row for no reason");
  return false;
}

std::uint32_t Machine::alternatives(ThreadId thread) const {
  if (ended(thread)) return 0;
  const Node& next = node(thread);
  if (next.op.kind == api::OpKind::choose && !next.op.weak) {
    return static_cast<std::uint32_t>(next.op.operand);
  }
  return may_fail_spuriously(thread) ? 2 : 1;
}

Alternative Machine::alternative(ThreadId thread, std::uint32_t number) const {
  const bool chooses = node(thread).op.kind == api::OpKind::choose;
  return chooses || number == 0 ? number : fails_spuriously;
}

bool Machine::is_private(ThreadId thread) const {
  return node(thread).op.kind == api::OpKind::choose;
}

/// Whether the thread's next step is one that no other thread can tell from its absence, except by
/// a race, and has one end.
bool Machine::is_local(ThreadId thread) const {
  using enum api::OpKind;
  if (ended(thread)) return false;
  const Node& next = node(thread);
  switch (next.op.kind) {
    case choose:
      return next.op.weak || next.op.operand == 1;
    case join:
      return true;
    case lock:
    case try_lock:
    case unlock:
      break;
    default:
      if (!api::is_atomic_access(next.op.kind)) return true;
  }
  const bool shared = next.slot < objects_.size() && objects_[next.slot].shared;
  return !shared && !may_fail_spuriously(thread);
}

/// Does all that can be done at once. A thread that comes to no end of it is left to be tried like
/// any other.
Outcome Machine::do_local_steps() {
  std::uint32_t steps = 0;
  for (bool grew = true; grew;) {
    grew = false;
    for (ThreadId thread = 0; thread < threads(); ++thread) {
      Fingerprint earlier = fingerprint_;
      for (std::uint32_t mine = 1; is_local(thread); ++mine) {
        const Outcome outcome = do_step(thread, 0, true);
        if (outcome == Outcome::blocked) break;
        if (outcome != Outcome::done) return outcome;
        if (++steps == most_local_steps) return Outcome::done;
        // It goes round by itself.
        if (fingerprint_ == earlier) break;
        grew = true;
        if (std::has_single_bit(mine)) earlier = fingerprint_;
      }
    }
  }
  for (ThreadId thread = 0; thread < threads(); ++thread) {
    if (threads_[thread] != not_started && node(thread).end == End::violated) {
      return Outcome::wrong;
    }
  }
  return Outcome::done;
}

Outcome Machine::step(ThreadId thread, Alternative alternative) {
  suspicious_ = false;
  const Mark before = mark();
  const Fingerprint former = fingerprint_;
  const Outcome outcome = do_step(thread, alternative, is_local(thread));
  if (outcome != Outcome::done) return outcome;
  const Outcome behind = do_local_steps();
  if (behind == Outcome::done && fingerprint_ == former) {
    undo(before);
    return Outcome::blocked;
  }
  return behind;
}

/// One Op of one thread. What is `local` leaves what the thread accessed before it in question.
Outcome Machine::do_step(ThreadId thread, Alternative alternative, bool local) {
  const Mark before = mark();
  const LocalId from = threads_[thread];
  list_ = local ? locals_[from].accesses : 0;
  is_kept_ = local;
  if (steps_ != nullptr) steps_->push_back({thread, alternative, locals_[from].node, false});
  api::Reply reply;
  const Outcome outcome = do_op(thread, alternative, &reply);
  if (outcome == Outcome::blocked) {
    undo(before);
    if (steps_ != nullptr) steps_->pop_back();
    return outcome;
  }
  if (outcome != Outcome::done) return outcome;
  const bool has_effect = mark() != before;
  if (steps_ != nullptr) steps_->back().has_effect = has_effect;
  const LocalId to = locals_.after(from, reply, list_);
  if (to == from && !has_effect) {
    if (steps_ != nullptr) steps_->pop_back();
    return Outcome::blocked;
  }
  set_thread(thread, to);
  return Outcome::done;
}

}  // namespace heddle::states
