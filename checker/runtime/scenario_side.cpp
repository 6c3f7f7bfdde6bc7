// What runs on a scenario thread's own stack: repeats known Ops, grows the tree with new ones.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <string>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {

bool is_in_program(const void* code) { return memory::in_program_code(code); }

namespace {

constexpr std::uint32_t most_ahead = 32;  // nodes that one run adds beyond the one asked for
// Ticks of computing without an Op, and of doing so where it was found already to have no end.
constexpr std::clock_t longest_silence = 5 * CLOCKS_PER_SEC;
constexpr std::clock_t longest_silence_again = CLOCKS_PER_SEC / 2;
constexpr std::uint32_t longest_round = 64;  // Ops back in which a recurring state is looked for

/// Whether an Op with this reply left everything but its own thread as it was.
bool has_no_effect(const Node& node, const api::Reply& reply) {
  using enum api::OpKind;
  switch (node.op.kind) {
    case load:
    case read:
    case touch:
    case view:
    case fence:
    case note:
      return true;
    case compare_exchange:
      return reply.spurious_failure || reply.value != node.op.expected;
    case add_if_clear:
    case add_if_set:
      return reply.spurious_failure ||
             !api::condition_holds(node.op.kind, reply.value, node.op.expected);
    case exchange:  // writes what is there already, as a test-and-set on a taken flag does
      return reply.value == node.op.operand;
    case try_lock:
      return reply.value == 0;
    default:
      return false;
  }
}

bool same_text(const char* a, const char* b) {
  return a == b || (a != nullptr && b != nullptr && std::strcmp(a, b) == 0);
}

/// Whether two boxed values of an atomic, which have no padding left, are the same.
bool same_boxed(const api::BoxType& type, std::uint64_t a, std::uint64_t b) {
  return std::memcmp(reinterpret_cast<const void*>(a), reinterpret_cast<const void*>(b),
                     type.size) == 0;
}

bool same_op(const api::Op& a, const api::Op& b) {
  if (a.kind != b.kind || a.order != b.order || a.size != b.size) return false;
  if (a.place != b.place) return false;
  // An object's end has the site of its beginning, which only the node knows.
  if (a.kind != api::OpKind::destroy && a.site.line != b.site.line) return false;
  if (a.kind == api::OpKind::allocate) return a.operand == b.operand;
  if (a.address != b.address || !same_text(a.text, b.text)) return false;
  const bool compares = a.kind == api::OpKind::compare_exchange ||
                        api::is_conditional_add(a.kind) || a.place == api::Place::cell;
  if (a.box != nullptr) {
    return a.box == b.box && (!api::is_atomic_access(a.kind) ||
                              (same_boxed(*a.box, a.operand, b.operand) &&
                               (!compares || same_boxed(*a.box, a.expected, b.expected))));
  }
  return a.operand == b.operand && (!compares || a.expected == b.expected);
}

std::string where(const api::Op& op) {
  if (op.place == api::Place::cell) {
    return std::string(op.kind == api::OpKind::write ? "a write" : "a read") + " of plain memory";
  }
  return std::string(op.site.file) + ":" + std::to_string(op.site.line);
}

std::string difference(const api::Op& now, const api::Op& before) {
  const bool same_place = where(now) == where(before);
  return "repeated with the same values, the thread did something else: " + where(now) +
         (same_place ? " with another value or address" : " instead of " + where(before)) +
         "; what it does must not depend on the time, on random numbers, or on what earlier "
         "executions left behind";
}

}  // namespace

api::Reply Program::perform(const api::Op& op, const void* frame) {
  Thread& thread = *running_;
  const auto arithmetic = thread.arithmetic = fiber::FloatingPoint::current();
  current_memory = nullptr;  // from here on the checker's code runs
  open_memory(thread);
  const api::Op copy = asked(thread, op);  // `op` may lie in shared memory
  thread.fiber.region().note_depth(frame);
  // A plain read orders nothing: what the thread wrote and saw before stays as it is.
  const bool orders = copy.kind != api::OpKind::read || copy.place != api::Place::cell;
  if (orders) settle(thread);
  thread.site = copy.site;
  if (copy.kind == api::OpKind::finish) end_stack(thread);
  const api::Reply reply = answer(thread, copy, frame);
  see_blocks(thread);
  close_memory(thread);
  current_memory = this;
  arithmetic.restore();  // the checker computes, too, and so do other threads
  return reply;
}

/// The Op with order consume taken as acquire, and with the orders that were asked for. What an
/// invariant reads is ordered in any case.
api::Op Program::asked(const Thread& thread, const api::Op& op) const {
  api::Op result = op;
  for (std::memory_order* order : {&result.order, &result.failure_order}) {
    if (*order == std::memory_order_consume) *order = std::memory_order_acquire;
  }
  if (orders_ != nullptr && thread.id != observer) orders_->apply(result);
  return result;
}

api::Reply Program::answer(Thread& thread, const api::Op& op, const void* frame) {
  if (op.kind == api::OpKind::await_begin) {
    thread.round_begins = thread.behind_await = true;
    thread.round_read = no_node;
    thread.round_writes = false;
    thread.round_gives_up = op.weak;
    thread.hidden_before_round = thread.hidden_states;
    return {};
  }
  if (op.kind == api::OpKind::await_retry) {
    close_round(thread, op.site);
    thread.behind_await = true;
    return {};
  }
  if (static_variables_ != 0) {
    end_thread(thread, ViolationKind::unmodelled_memory,
               "a modelled object, or memory of the scenario, is used to initialise a static "
               "variable; that happens once in the program, not in each execution: make it a "
               "member of the test suite",
               op.site);
  }
  if (thread.repeated < thread.path.size()) return repeat(thread, op);
  return grow(thread, op, frame);
}

/// The Op was met before, in another run: gives the reply that leads on.
api::Reply Program::repeat(Thread& thread, const api::Op& op) {
  const NodeId id = thread.path[thread.repeated];
  const Node& node = tree_[id];
  if (!same_op(op, node.op)) {
    mismatch_ = difference(op, node.op);
    if (!thread.stop_after_path) {
      thread.last = node.parent;
      thread.reply = node.edge;
      thread.repeated = thread.path.size();
      end_thread(thread, ViolationKind::nondeterminism, mismatch_, op.site);
    }
    thread.at = no_node;
    thread.fiber.suspend();
  }
  thread.behind_await = false;
  note_round(thread, id);
  if (node.op.kind == api::OpKind::spawn) ++thread.spawns;
  begin_reading(thread, node.op);
  ++thread.repeated;
  const bool end_of_path = thread.repeated == thread.path.size();
  if (end_of_path && thread.stop_after_path) {
    thread.at = id;
    if (visitor_ != nullptr) (*visitor_)();
    thread.fiber.suspend();
    // Resumed under a new plan.
    thread.reply = thread.path.empty() ? thread.final_reply : tree_[thread.path.front()].edge;
    thread.last = id;
    return thread.reply;
  }
  thread.last = id;
  thread.reply = end_of_path ? thread.final_reply : tree_[thread.path[thread.repeated]].edge;
  return thread.reply;
}

/// Notes an Op that is new, and goes on at once where its reply is known.
api::Reply Program::grow(Thread& thread, const api::Op& op, const void* frame) {
  Node node = make_node(thread, op);
  node.sealed = begin_reading(thread, op);
  using enum api::OpKind;
  const bool plain = op.kind == read && op.place == api::Place::object;
  const bool may_spin = op.kind == load || plain || api::may_fail(op.kind) || op.kind == exchange;
  const bool may_wait = may_spin && recognises_waits_;
  if (frame != nullptr && (may_wait || remembers_states_)) {
    conceal_cells(thread);
    node.state = announced_ == nullptr ? state_of(thread, frame) : state_announced(thread, frame);
  }
  if (frame != nullptr && may_wait) {
    node.retry = recurrence(thread, node.op, node.state);
    node.rounds = rounds_before(thread, node.op);
  }
  add_node(thread, node);
  const NodeId id = thread.last;
  note_round(thread, id);
  if (node.retry != no_node || node.end != End::none) {
    thread.at = no_node;
    thread.fiber.suspend();
  }
  // A join is not run past: the creator's memory must stay as its children may see it.
  const bool ahead = runs_ahead_ && has_fixed_reply(op.kind) && op.kind != join;
  if (ahead && thread.ahead++ < most_ahead) {
    return thread.reply = fixed_reply(node);
  }
  thread.at = id;
  thread.fiber.suspend();
  thread.reply = thread.path.empty() ? thread.final_reply : tree_[thread.path.front()].edge;
  thread.last = id;
  return thread.reply;
}

void Program::add_node(Thread& thread, Node node) {
  node.thread = thread.id;
  node.origin = thread.origin;
  node.behind_await = std::exchange(thread.behind_await, false);
  const NodeId id = tree_.add(node, thread.last, thread.reply);
  if (thread.first_new == no_node) thread.first_new = id;
  thread.last = id;
}

/// Where a thread begins that may read its creator's memory, that must stay as it is: returns how
/// much of it there is. Counts the ends of threads, too.
std::uint32_t Program::begin_reading(Thread& thread, const api::Op& op) {
  if (op.kind == api::OpKind::join) ++thread.joins;
  const bool begins = op.kind == api::OpKind::spawn || op.kind == api::OpKind::invariant;
  if (!begins || !memory_is_shared || announced_ != nullptr) return 0;
  return static_cast<std::uint32_t>(thread.fiber.region().seal());
}

/// Notes what an Op means for the await whose predicate is evaluated.
void Program::note_round(Thread& thread, NodeId id) {
  if (!thread.round_begins) return;
  const api::OpKind kind = tree_[id].op.kind;
  if (kind == api::OpKind::write) {
    thread.round_writes = true;
  } else if (!api::is_plain_access(kind)) {
    thread.round_begins = false;
  } else if (thread.round_read == no_node) {
    thread.round_read = id;
  }
}

/// Whether the Op at a node, answered with `reply`, left everything but its own thread as it was.
bool Program::changes_nothing(NodeId id, const api::Reply& reply) const {
  const Node& node = tree_[id];
  return node.op.kind == api::OpKind::write ? rewrites(id) : has_no_effect(node, reply);
}

/// Whether a plain write writes what the thread read or wrote there last. In between it must have
/// released nothing: so no other thread may have written there.
bool Program::rewrites(NodeId id) const {
  const Node& write = tree_[id];
  api::Reply reply = write.edge;
  NodeId before = write.parent;
  for (std::uint32_t i = 0; i < longest_round && before != no_node; ++i) {
    const Node& node = tree_[before];
    const bool writes = node.op.kind == api::OpKind::write;
    if (node.slot == write.slot && (writes || node.op.kind == api::OpKind::read)) {
      return (writes ? node.op.operand : reply.value) == write.op.operand;
    }
    if (!writes && !has_no_effect(node, reply)) return false;
    reply = node.edge;
    before = node.parent;
  }
  return false;
}

/// The earlier state that the thread is in again, or no_node. It is the same thread, at the same
/// place, remembering the same: what it does next depends on nothing else.
NodeId Program::recurrence(const Thread& thread, const api::Op& op, const State& state) const {
  NodeId id = thread.last;
  api::Reply reply = thread.reply;
  for (std::uint32_t i = 0; i < longest_round && id != no_node; ++i) {
    const Node& node = tree_[id];
    if (!changes_nothing(id, reply)) return no_node;
    if (node.state.known() && node.state == state && same_op(op, node.op)) return id;
    reply = node.edge;
    id = node.parent;
  }
  return no_node;
}

/// How often in a row the thread asked for the same Op, each time among the latest of its Ops and
/// without effects in between: it looks like a wait, but remembers something else each time. A
/// round that ended with a failed compare_exchange does not count: it does not wait, another thread
/// went on.
std::uint8_t Program::rounds_before(const Thread& thread, const api::Op& op) const {
  constexpr std::uint8_t most = 255;
  NodeId id = thread.last;
  api::Reply reply = thread.reply;
  for (std::uint32_t i = 0; i < longest_round && id != no_node; ++i) {
    const Node& node = tree_[id];
    if (!changes_nothing(id, reply)) return 0;
    if (same_op(op, node.op)) return std::min<std::uint8_t>(node.rounds, most - 1) + 1;
    const bool fails = node.op.kind == api::OpKind::compare_exchange && !reply.spurious_failure &&
                       reply.value != node.op.expected;
    if (fails) return 0;
    reply = node.edge;
    id = node.parent;
  }
  return 0;
}

/// An await's predicate was false: the thread is back where its evaluation began.
void Program::close_round(Thread& thread, const api::Site& site) {
  NodeId head = thread.last;
  api::Reply reply = thread.reply;
  // A predicate of plain reads only begins at the first of them.
  const NodeId first = thread.round_begins ? thread.round_read : no_node;
  bool clean = !thread.round_writes && (!thread.round_begins || first != no_node) &&
               thread.hidden_states == thread.hidden_before_round;
  while (clean && head != no_node && head != first && !tree_[head].head_of_round) {
    clean = has_no_effect(tree_[head], reply);
    reply = tree_[head].edge;
    head = tree_[head].parent;
  }
  clean = clean && head != no_node && has_no_effect(tree_[head], reply);
  if (!clean) {
    return end_thread(thread, ViolationKind::misuse,
                      "an await's predicate must load modelled objects and change nothing", site);
  }
  Node node;
  node.op = {.kind = api::OpKind::await_retry, .site = site};
  node.retry = head;
  add_node(thread, node);
  thread.at = no_node;
  thread.fiber.suspend();
}

/// Ends the thread with an error found on its own stack; does not return.
void Program::end_thread(Thread& thread, ViolationKind kind, const std::string& message,
                         const api::Site& site) {
  Node node;
  node.op = {.kind = api::OpKind::fail, .text = intern(message), .site = site};
  node.end = End::violated;
  node.violation = kind;
  end_at(thread, node);
}

/// The same with the node that says so.
void Program::end_at(Thread& thread, const Node& node) {
  add_node(thread, node);
  thread.at = no_node;
  thread.fiber.suspend();
}

void* Program::allocate(std::size_t bytes, std::size_t alignment, const void* caller) {
  if (bytes > fiber::Region::arena_bytes) return nullptr;
  const auto* code = static_cast<const char*>(caller);
  const memory::AreaKind kind{
      .bytes = static_cast<std::uint32_t>(bytes),
      .at = memory::in_program_code(code)
                ? reinterpret_cast<std::uintptr_t>(code) - memory::program_base()
                : 0};
  return reinterpret_cast<void*>(on_own_stack(
      [&] { return reinterpret_cast<std::uint64_t>(allocate_block(kind, alignment)); }));
}

bool Program::release(void* block) {
  return on_own_stack([&]() -> std::uint64_t { return release_block(block) ? 1 : 0; }) != 0;
}

void Program::begin_static_variable() {
  on_own_stack([&]() -> std::uint64_t {
    if (static_variables_++ == 0) globals_.pause();
    return 0;
  });
}

void Program::end_static_variable() {
  on_own_stack([&]() -> std::uint64_t {
    if (--static_variables_ == 0) globals_.resume();
    return 0;
  });
}

/// A thread that computes for seconds without an Op will hardly come to one. Another run that does
/// so behind the same Op (with another value, say) is not waited for as long.
void Program::on_tick() {
  if (running_ == nullptr || slow_run_ != native_runs_) {
    slow_run_ = native_runs_;
    slow_since_ = std::clock();
    return;
  }
  // The checker's own code, in the handler of a fault say, is not left: a later tick finds the
  // thread's.
  if (current_memory == nullptr) return;
  const bool again = endless_.contains({running_->site.file, running_->site.line});
  if (std::clock() - slow_since_ >= (again ? longest_silence_again : longest_silence)) {
    give_up(*running_, 0, nullptr);
  }
}

/// A thread that waits in a system call waits for what no thread of the scenario can do: it is
/// given up where that has gone on from one second to the next.
void Program::on_waiting_second(int system_call) {
  if (running_ == nullptr || current_memory == nullptr) return;
  if (std::exchange(waiting_run_, native_runs_) != native_runs_) return;
  running_->waits_in = system_call;
  give_up(*running_, 0, nullptr);
}

bool Program::on_crash(int signal, const void* address, void* registers) {
  if (running_ == nullptr) return false;
  if (running_->copies_value) {
    note_foreign(*running_, address);
    give_up(*running_, signal, address);
  }
  if (current_memory == nullptr) return false;
  current_memory = nullptr;
  if (memory_is_shared && announced_ == nullptr && step(*running_, signal, address, registers)) {
    current_memory = this;
    return true;
  }
  give_up(*running_, signal, address);
}

void Program::give_up(Thread& thread, int signal, const void* address) {
  thread.crashed = true;
  thread.crash_signal = signal;
  thread.crash_address = address;
  current_memory = nullptr;
  thread.fiber.abandon();
}

}  // namespace heddle::runtime
