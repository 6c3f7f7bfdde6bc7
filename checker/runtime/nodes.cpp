// Makes nodes from Ops: checks what the scenario asked for, numbers addresses and threads, names
// objects.
#include <string>

#include "checker/runtime/thread.hpp"
#include "checker/symbols/address_name.hpp"

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

/// A block, its first cell and a modelled object in it have one address.
std::uint64_t slot_key(const void* address, api::Place place = api::Place::object) {
  constexpr int beyond_addresses = 60;
  return reinterpret_cast<std::uint64_t>(address) | static_cast<std::uint64_t>(place)
                                                        << beyond_addresses;
}

std::string base_name(const char* file) {
  const std::string path = file;
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

std::string hex(const void* address) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (auto value = reinterpret_cast<std::uintptr_t>(address); value != 0; value >>= 4) {
    text.insert(text.begin(), digits[value & 15]);
  }
  return "0x" + (text.empty() ? "0" : text);
}

Node Program::make_node(Thread& thread, const api::Op& op) {
  using enum api::OpKind;
  Node node;
  node.op = op;
  // Plain reads come before the first atomic access: what they read changes only by that.
  const bool heads_round = thread.round_begins && !api::is_plain_access(op.kind);
  node.head_of_round = heads_round;
  node.gives_up = heads_round && thread.round_gives_up;
  if (op.text != nullptr) node.op.text = intern(op.text);
  if (op.address != nullptr) node.slot = slot_of(op.address, op.place);
  node.shape = shape_of(op);
  if (op.box != nullptr) keep_values(thread, node.op);
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

/// Copies what an Op refers to. That runs code of the scenario's, which may crash.
void Program::keep_values(Thread& thread, api::Op& op) {
  thread.copies_value = true;
  op.operand = boxes_.keep(*op.box, op.operand);
  if (op.kind == api::OpKind::compare_exchange) {
    op.expected = boxes_.keep(*op.box, op.expected);
  }
  thread.copies_value = false;
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
  if (fresh) entry->second = ++highest_number_;
  node.op.expected = entry->second;
  if (entry->second >= max_threads) {
    node.op.text = intern("a scenario has more than 256 threads in all its branches");
    node.end = End::violated;
    node.violation = ViolationKind::misuse;
  }
}

SlotId Program::slot_of(const void* address, api::Place place) {
  const auto [entry, fresh] =
      slot_numbers_.try_emplace(slot_key(address, place), static_cast<SlotId>(slots_.size()));
  if (fresh) slots_.push_back({.address = address});
  return entry->second;
}

const char* Program::intern(const std::string& text) { return texts_.insert(text).first->c_str(); }

void Program::name(const void* address, const char* label) {
  on_own_stack([&] {
    Slot& slot = slots_[slot_of(address)];
    const std::string text = label;
    // A struct and its first member share an address: the longer label is the member's.
    if (slot.pointer_label.empty() || text.size() < slot.pointer_label.size()) {
      slot.pointer_label = text;
    }
    if (text.size() > slot.object_label.size()) slot.object_label = text;
    return 0;
  });
}

void Program::name_thread(const char* label) {
  on_own_stack([&] {
    running_->label = label;
    return 0;
  });
}

void Program::note_bound(const char* clause) {
  on_own_stack([&] {
    bounds_.insert(clause);
    return 0;
  });
}

std::string Program::thread_name(ThreadId id) const {
  return threads_[id] ? threads_[id]->label : std::string();
}

void*& Program::thread_slot() { return running_->slot; }

void* Program::thread_memory(std::size_t bytes) {
  return running_->fiber.region().allocate_note(bytes);
}

std::uint32_t Program::thread_index() const { return running_->id; }

std::int64_t Program::parameter(const char* name) const {
  auto* self = const_cast<Program*>(this);
  const auto found = self->on_own_stack([&] {
    const auto entry = parameters_.find(name);
    if (entry != parameters_.end()) return reinterpret_cast<std::uint64_t>(&entry->second);
    std::string text = std::string("the scenario declares no parameter '") + name + "'";
    for (const auto& [known, any] : parameters_) {
      text += (known == parameters_.begin()->first ? "; there are: " : ", ") + known;
    }
    self->wrong_parameter_ = self->intern(text);
    return std::uint64_t{0};
  });
  if (found != 0) return *reinterpret_cast<const std::int64_t*>(found);
  api::perform({.kind = api::OpKind::misuse, .text = wrong_parameter_, .site = running_->site});
  return 0;
}

std::string Program::object_name(const Node& node) const {
  if (node.op.place == api::Place::object) return object_name(node.op.address);
  const auto labelled = slot_numbers_.find(slot_key(node.op.address));
  if (labelled != slot_numbers_.end() && node.op.place == api::Place::cell) {
    const Slot& slot = slots_[labelled->second];
    if (slot.site.line == 0 && !slot.object_label.empty()) return slot.object_label;
  }
  const memory::Area& area = *areas_.at(node.op.address);
  const std::byte* block = area.block_at(node.op.address);
  const auto known = slot_numbers_.find(slot_key(block));
  const auto* address = static_cast<const std::byte*>(node.op.address);
  if (area.in_place()) return stack_name(address);
  const std::string label = known == slot_numbers_.end() ? "" : slots_[known->second].pointer_label;
  const std::string name =
      label.empty() ? "block of " + std::to_string(area.bytes()) + " bytes" : label;
  return node.op.place == api::Place::block ? name : name + " +" + std::to_string(address - block);
}

/// Nothing is known of variables on stacks: they are counted from where the stack begins.
std::string Program::stack_name(const std::byte* address) const {
  const Thread* owner = owner_of(address);
  if (owner == nullptr) return "stack";
  const std::string number = owner->id == 0 ? "main" : "thread " + std::to_string(owner->id);
  return "stack of " + (owner->label.empty() ? number : owner->label) + " -" +
         std::to_string(owner->fiber.region().stack_top() - address);
}

std::string Program::object_name(const void* address) const {
  const auto found = slot_numbers_.find(slot_key(address));
  if (found == slot_numbers_.end()) return address_name(address);
  const Slot& slot = slots_[found->second];
  if (!slot.object_label.empty()) return slot.object_label;
  if (slot.site.line == 0) return std::string(slot.what) + " at " + address_name(address);
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
  const auto found = slot_numbers_.find(slot_key(address));
  if (found == slot_numbers_.end()) return address_name(address);
  const Slot& slot = slots_[found->second];
  return slot.pointer_label.empty() ? address_name(address) : slot.pointer_label;
}

/// What the system places anew in each run is named by what lies there. The scenario's own memory
/// is at the same addresses in every run.
std::string Program::address_name(const void* address) const {
  const auto name = symbols::name_of(reinterpret_cast<std::uint64_t>(address));
  return name ? *name : hex(address);
}

bool Program::is_scenario_memory(std::uint64_t value) const {
  const auto* address = reinterpret_cast<const void*>(value);
  return areas_.at(address) != nullptr || owner_of(address) != nullptr;
}

}  // namespace heddle::runtime
