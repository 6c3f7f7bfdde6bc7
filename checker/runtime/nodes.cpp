// Makes nodes from Ops: checks what the scenario asked for, numbers addresses and threads, names
// objects.
#include <csignal>
#include <string>

#include "checker/runtime/thread.hpp"

// Where the program is loaded, set by the linker.
extern "C" const char __executable_start[];

namespace heddle::runtime {
namespace {

/// What is wrong with the memory order of an Op, or null.
const char* order_misuse(const api::Op& op) {
  using enum api::OpKind;
  const bool acquires =
      op.order == std::memory_order_acquire || op.order == std::memory_order_acq_rel;
  const bool releases =
      op.order == std::memory_order_release || op.order == std::memory_order_acq_rel;
  if (op.kind == load && releases) return "a load can't have order release or acq_rel";
  if (op.kind == store && acquires) return "a store can't have order acquire, consume or acq_rel";
  if (api::may_fail(op.kind) && (op.failure_order == std::memory_order_release ||
                                 op.failure_order == std::memory_order_acq_rel)) {
    return "the order of a failed compare_exchange can't be release or acq_rel";
  }
  return nullptr;
}

ViolationKind violation_of(std::uint64_t failure) {
  using enum api::Failure;
  switch (static_cast<api::Failure>(failure)) {
    case assertion:
      return ViolationKind::assertion_failed;
    case condition_reached:
      return ViolationKind::condition_reached;
    case resource_leak:
      return ViolationKind::resource_leak;
    case unlocked_unowned:
      return ViolationKind::unlocked_unowned;
    case locked_twice:
      return ViolationKind::locked_twice;
    case destroyed_locked:
      return ViolationKind::destroyed_locked;
    case shared_to_exclusive:
      return ViolationKind::shared_to_exclusive;
    case exclusive_to_shared:
      return ViolationKind::exclusive_to_shared;
    case mutex_initialised_twice:
      return ViolationKind::mutex_initialised_twice;
    case mutex_uninitialised:
      return ViolationKind::mutex_uninitialised;
    case condition_initialised_twice:
      return ViolationKind::condition_initialised_twice;
    case condition_uninitialised:
      return ViolationKind::condition_uninitialised;
    case semaphore_initialised_twice:
      return ViolationKind::semaphore_initialised_twice;
    case semaphore_uninitialised:
      return ViolationKind::semaphore_uninitialised;
    case event_initialised_twice:
      return ViolationKind::event_initialised_twice;
    case event_uninitialised:
      return ViolationKind::event_uninitialised;
    case thread_signalled:
      return ViolationKind::thread_signalled;
    case terminated:
      return ViolationKind::terminated;
  }
  return ViolationKind::misuse;
}

std::string hex(const void* address) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (auto value = reinterpret_cast<std::uintptr_t>(address); value != 0; value >>= 4) {
    text.insert(text.begin(), digits[value & 15]);
  }
  return "0x" + (text.empty() ? "0" : text);
}

std::string base_name(const char* file) {
  const std::string path = file;
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

Node Program::make_node(Thread& thread, const api::Op& op) {
  using enum api::OpKind;
  Node node;
  node.op = op;
  node.head_of_round = thread.round_begins;
  node.gives_up = thread.round_begins && thread.round_gives_up;
  thread.round_begins = false;
  if (op.text != nullptr) node.op.text = intern(op.text);
  if (op.address != nullptr) node.slot = slot_of(op.address);
  node.shape = shape_of(op);
  if (op.box != nullptr) node.op.operand = boxes_.keep(*op.box, op.operand);
  if (op.box != nullptr && op.kind == compare_exchange) {
    node.op.expected = boxes_.keep(*op.box, op.expected);
  }
  if (op.weak && api::may_fail(op.kind)) node.failures = failures_before(thread, op, node.slot);
  if (op.kind == construct) {
    Slot& slot = slots_[node.slot];
    slot.what = node.op.text;
    slot.site = op.site;
  }
  // An object's end is where its beginning was: it must not read its own memory, which may be
  // another thread's.
  if (op.kind == destroy) node.op.site = slots_[node.slot].site;
  if (op.kind == finish) node.end = End::finished;
  if (op.kind == assume_fails) node.end = End::assume_failed;
  if (op.kind == fail) {
    node.end = End::violated;
    node.violation = violation_of(op.operand);
  }
  if (op.kind == spawn) number_spawn(thread, node);
  const char* wrong = order_misuse(op);
  if (op.kind == choose && op.operand == 0) wrong = "choose(n) needs n >= 1";
  if (op.kind == misuse) wrong = node.op.text;
  if (wrong != nullptr) {
    node.op.text = intern(wrong);
    node.end = End::violated;
    node.violation = ViolationKind::misuse;
  }
  return node;
}

/// How often, up to now, the thread's latest tries of this Op at this place failed for no reason.
std::uint8_t Program::failures_before(const Thread& thread, const api::Op& op, SlotId slot) const {
  constexpr std::uint32_t farthest = 1000;  // Ops back
  api::Reply reply = thread.reply;
  NodeId id = thread.last;
  for (std::uint32_t i = 0; i < farthest && id != no_node; ++i) {
    const Node& node = tree_[id];
    if (node.slot == slot && node.op.kind == op.kind && node.op.site.line == op.site.line) {
      return reply.spurious_failure ? static_cast<std::uint8_t>(node.failures + 1) : 0;
    }
    reply = node.edge;
    id = node.parent;
  }
  return 0;
}

/// A thread's number depends only on who creates it and on how many that one created before: the
/// same in every execution.
void Program::number_spawn(Thread& thread, Node& node) {
  const auto [entry, fresh] = numbers_.try_emplace({thread.id, thread.spawns++}, 0);
  if (fresh) entry->second = static_cast<ThreadId>(numbers_.size());
  node.op.expected = entry->second;
  if (entry->second >= max_threads) {
    node.op.text = intern("a scenario has more than 64 threads");
    node.end = End::violated;
    node.violation = ViolationKind::misuse;
  }
}

/// Notes the crash of a run as the thread's last node.
void Program::add_crash(Thread& thread) {
  Node node;
  node.op = {.kind = api::OpKind::fail, .site = thread.site};
  node.end = End::violated;
  node.violation = ViolationKind::crash;
  std::string text = std::string("the thread crashed with ") + signal_name(thread.crash_signal) +
                     " after this operation";
  if (thread.crash_signal == 0) {
    node.violation = ViolationKind::endless_spin;
    text = "after this operation the thread computes for seconds without using a modelled object";
  }
  const bool invalid_access = thread.crash_signal == SIGSEGV || thread.crash_signal == SIGBUS;
  for (const auto& other : threads_) {
    if (!invalid_access || !other || !other->fiber.region().contains(thread.crash_address))
      continue;
    if (other->fiber.region().in_stack_guard(thread.crash_address) && other->id == thread.id) {
      node.violation = ViolationKind::stack_overflow;
      text = "the thread used more than its 256 KiB of stack after this operation";
    } else if (other->id != thread.id) {
      node.violation = ViolationKind::unmodelled_memory;
      text = "after this operation the thread touched memory of thread " +
             std::to_string(other->id) +
             " without the checker's knowledge; shared data must be rl::atomic or rl::var";
    }
  }
  node.op.text = intern(text);
  thread.at = no_node;
  // A crash while known Ops were repeated means that the thread did not behave as before.
  if (thread.repeated < thread.path.size()) {
    const Node& expected = tree_[thread.path[thread.repeated]];
    thread.last = expected.parent;
    thread.reply = expected.edge;
    mismatch_ = text;
    if (thread.stop_after_path) return;
  }
  add_node(thread, node);
}

/// Notes that the thread's creator, run again, did not come to the point where it created the
/// thread.
NodeId Program::add_lost_parent(Thread& thread) {
  if (!thread.path.empty()) {
    thread.last = thread.path.back();
    thread.reply = thread.final_reply;
  } else if (thread.at != no_node) {
    thread.last = thread.at;
    thread.reply = thread.final_reply;
  }
  Node node;
  node.op = {.kind = api::OpKind::fail, .text = intern(mismatch_), .site = thread.site};
  node.end = End::violated;
  node.violation = ViolationKind::nondeterminism;
  thread.at = no_node;
  add_node(thread, node);
  return thread.first_new;
}

/// Notes that a run changed a global: the state that it came to is not one of the scenario alone.
void Program::add_changed_global(Thread& thread, const void* address) {
  const auto* program = reinterpret_cast<const std::byte*>(__executable_start);
  const auto offset = static_cast<const std::byte*>(address) - program;
  mismatch_ = "a global or static variable (see `nm` for address " +
              hex(reinterpret_cast<const void*>(offset)) +
              ") was changed by a thread up to this operation; shared data must be rl::atomic or "
              "rl::var, and "
              "made anew in every execution";
  if (thread.first_new == no_node) return;
  Node& first = tree_.at(thread.first_new);
  first.end = End::violated;
  first.violation = ViolationKind::unmodelled_memory;
  first.op.text = intern(mismatch_);
  thread.at = no_node;
}

SlotId Program::slot_of(const void* address) {
  const auto [entry, fresh] =
      slot_numbers_.try_emplace(address, static_cast<SlotId>(slots_.size()));
  if (fresh) slots_.push_back({.address = address});
  return entry->second;
}

const char* Program::intern(const std::string& text) { return texts_.insert(text).first->c_str(); }

void Program::name(const void* address, const char* label) {
  current_heap = nullptr;
  Slot& slot = slots_[slot_of(address)];
  const std::string text = label;
  // A struct and its first member share an address: the longer label is the member's.
  if (slot.pointer_label.empty() || text.size() < slot.pointer_label.size()) {
    slot.pointer_label = text;
  }
  if (text.size() > slot.object_label.size()) slot.object_label = text;
  current_heap = this;
}

void Program::name_thread(const char* label) {
  current_heap = nullptr;
  running_->label = label;
  current_heap = this;
}

std::string Program::thread_name(ThreadId id) const {
  return threads_[id] ? threads_[id]->label : std::string();
}

void*& Program::thread_slot() { return running_->slot; }

void* Program::thread_memory(std::size_t bytes) {
  // The observer's thread repeats nothing, and its memory is cleared like any other's.
  return running_->fiber.region().allocate(bytes, alignof(std::max_align_t));
}

std::uint32_t Program::thread_index() const { return running_->id; }

std::int64_t Program::parameter(const char* name) const {
  const auto found = parameters_.find(name);
  if (found != parameters_.end()) return found->second;
  current_heap = nullptr;  // the text is the checker's
  std::string text = std::string("the scenario declares no parameter '") + name + "'";
  for (const auto& [known, value] : parameters_) {
    text += (known == parameters_.begin()->first ? "; there are: " : ", ") + known;
  }
  const char* kept = const_cast<Program*>(this)->intern(text);
  current_heap = const_cast<Program*>(this);
  api::perform({.kind = api::OpKind::misuse, .text = kept, .site = running_->site});
  return 0;
}

std::string Program::object_name(const void* address) const {
  const auto found = slot_numbers_.find(address);
  if (found == slot_numbers_.end()) return hex(address);
  const Slot& slot = slots_[found->second];
  if (!slot.object_label.empty()) return slot.object_label;
  if (slot.site.line == 0) return std::string(slot.what) + " at " + hex(address);
  std::size_t before = 0;  // objects of the same declaration: array elements
  for (SlotId id = 1; id < found->second; ++id) {
    before += slots_[id].site.line == slot.site.line && slots_[id].site.line != 0 ? 1 : 0;
  }
  std::string text = std::string(slot.what) + "@" + base_name(slot.site.file) + ":" +
                     std::to_string(slot.site.line);
  if (before > 0) text += "#" + std::to_string(before + 1);
  return text;
}

std::string Program::pointer_name(std::uint64_t value) const {
  const auto* address = reinterpret_cast<const void*>(value);
  if (address == nullptr) return "null";
  const auto found = slot_numbers_.find(address);
  if (found == slot_numbers_.end()) return hex(address);
  const Slot& slot = slots_[found->second];
  return slot.pointer_label.empty() ? hex(address) : slot.pointer_label;
}

}  // namespace heddle::runtime
