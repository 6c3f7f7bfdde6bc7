#include "checker/runtime/program.hpp"

#include <cxxabi.h>
#include <sys/single_threaded.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

/// Swaps the C++ runtime's record of exceptions in flight, which belongs to a flow of control.
void swap_exceptions(void* (&record)[2]) {
  auto* globals = reinterpret_cast<std::byte*>(abi::__cxa_get_globals());
  void* outside[2] = {};
  constexpr std::size_t bytes = sizeof(void*) + sizeof(unsigned);
  std::memcpy(outside, globals, bytes);
  std::memcpy(globals, record, bytes);
  std::memcpy(record, outside, bytes);
}

}  // namespace

Program::Program(std::function<void()> body, std::map<std::string, std::int64_t> parameters,
                 memory::Areas& areas, Orders* orders, AnnouncedCode* announced)
    : main_body_(std::move(body)),
      parameters_(std::move(parameters)),
      orders_(orders),
      announced_(announced),
      areas_(areas),
      threads_(max_threads + 1),
      globals_(has_thread_locals_ ? std::span<const std::byte>() : thread_local_layout_.program) {
  if (announced_ != nullptr) areas_.open();
  memory::program_base();  // is found out now, and not while a thread runs
  replace_operators();
  replace_exceptions();
  replace_static_variables();
  replace_random_device();
  replace_signal_mask();
  // Threads of a scenario are none of the system's. Else std::shared_ptr would count plainly.
  __libc_single_threaded = 0;
  slots_.emplace_back();  // slot 0: no object
}

Program::~Program() = default;

Program::Thread& Program::thread(ThreadId id) {
  auto& entry = threads_[id];
  if (!entry) entry = std::make_unique<Thread>(*this, id);
  return *entry;
}

NodeId Program::main_root() {
  if (main_root_ == no_node) main_root_ = first_state(thread(0), no_node);
  return main_root_;
}

NodeId Program::root_of(NodeId node) {
  if (const auto known = roots_.find(node); known != roots_.end()) return known->second;
  const Node& origin = tree_[node];
  const bool spawned = origin.op.kind == api::OpKind::spawn;
  Thread& child = thread(spawned ? static_cast<ThreadId>(origin.op.expected) : observer);
  const NodeId root = first_state(child, node);
  roots_.emplace(node, root);
  return root;
}

/// Starts `thread` as the one that `origin` creates and returns its first state.
NodeId Program::first_state(Thread& thread, NodeId origin) {
  thread.origin = origin;
  thread.at = no_node;
  plan(thread, no_node, {});
  return run(thread);
}

NodeId Program::next(NodeId node, const api::Reply& reply) {
  if (const NodeId known = tree_.child(node, reply); known != no_node) return known;
  Thread& owner = thread(tree_[node].thread);
  // A thread number may stand for different bodies in different branches; the origin tells which.
  const NodeId origin = tree_[node].origin;
  if (owner.origin != origin) {
    owner.origin = origin;
    owner.at = no_node;
  }
  plan(owner, node, reply);
  return run(owner);
}

void Program::forget_all_but(std::vector<NodeId> keep) {
  keep.push_back(main_root_);
  for (const auto& thread : threads_) {
    if (!thread) continue;
    keep.insert(keep.end(), {thread->at, thread->origin});
  }
  tree_.forget_all_but(std::move(keep));
  std::erase_if(roots_, [this](const auto& entry) {
    return !tree_.knows(entry.first) || !tree_.knows(entry.second);
  });
}

bool Program::verify(NodeId node) {
  Thread& owner = thread(tree_[node].thread);
  mismatch_.clear();
  owner.origin = tree_[node].origin;
  owner.at = no_node;
  plan(owner, node, {});
  owner.stop_after_path = true;
  owner.is_verified = true;
  run(owner);
  owner.is_verified = false;
  owner.at = no_node;
  return mismatch_.empty();
}

void Program::restart() {
  for (const auto& thread : threads_) {
    if (thread) thread->at = no_node;
  }
}

void Program::visit(NodeId node, const std::function<void()>& there) {
  Thread& visited = thread(tree_[node].thread);
  if (visited.origin != tree_[node].origin) {
    visited.origin = tree_[node].origin;
    visited.at = no_node;
  }
  plan(visited, node, {});
  visited.stop_after_path = true;
  if (!align_parent(visited)) return;
  visitor_ = &there;
  run(visited);
  visitor_ = nullptr;
}

/// Prepares a run to the state behind `target` and `reply`: from where the fiber is, if that is on
/// the way.
void Program::plan(Thread& thread, NodeId target, const api::Reply& reply) {
  thread.path.clear();
  thread.repeated = 0;
  thread.final_reply = reply;
  thread.first_new = no_node;
  thread.ahead = 0;
  thread.stop_after_path = false;
  NodeId node = target;
  while (node != no_node && node != thread.at) {
    thread.path.push_back(node);
    node = tree_[node].parent;
  }
  std::reverse(thread.path.begin(), thread.path.end());
  if (thread.at != no_node && node == thread.at) return;  // the fiber goes on
  thread.at = no_node;
  thread.last = no_node;
  thread.reply = {};
  thread.spawns = thread.joins = 0;
  thread.site = {};
  thread.label.clear();
  thread.round_begins = thread.behind_await = false;
  clear_views(thread);
  if (announced_ != nullptr) forget_blocks(thread);
  thread.shared_blocks.clear();
  thread.slot = nullptr;
  thread.exit_functions.clear();
  forget_elsewhere(thread);
  thread.exceptions[0] = thread.exceptions[1] = nullptr;
}

/// Lets the fiber run, with a stack for signals.
void Program::resume(Thread& thread) {
  if (thread.in_handler) hold_ticks(true);
  {
    fiber::Region& region = thread.fiber.region();
    const SignalStack stack(region.signal_stack(), fiber::Region::signal_stack_bytes);
    if (has_thread_locals_) {
      resume_with_thread_locals(thread);
    } else {
      thread.fiber.resume();
    }
  }
  if (thread.in_handler || thread.crashed || thread.learnt) hold_ticks(false);
}

/// Runs the fiber as planned; returns the first node that it added.
NodeId Program::run(Thread& thread) {
  ++native_runs_;
  if (!align_parent(thread)) return add_lost_parent(thread);
  share_memory(thread);
  if (thread.at == no_node) {
    thread.fiber.start(&Program::body, &thread);
    if (has_thread_locals_) thread.thread_locals.reset();
    thread.in_handler = false;
  }
  running_ = &thread;
  own_stack_ = fiber::has_own_stacks ? thread.fiber.region().checker_stack_top() : nullptr;
  thread.crashed = thread.learnt = thread.copies_value = false;
  thread.waits_in = no_system_call;
  thread.foreign = nullptr;
  thread.fault = memory::Fault::elsewhere;
  static_variables_ = 0;
  if (!has_thread_locals_) swap_exceptions(thread.exceptions);
  api::current_engine = this;
  make_views(thread);
  if (announced_ == nullptr) globals_.before(native_runs_);
  resume(thread);
  current_memory = nullptr;
  const void* global = globals_.changed();
  open_memory(thread);
  api::current_engine = nullptr;
  if (!has_thread_locals_) swap_exceptions(thread.exceptions);
  running_ = nullptr;
  own_stack_ = nullptr;
  stepper_.close();
  note_overrun(thread);
  if (thread.crashed && learn_from(thread)) thread.learnt = true;
  if (thread.learnt || (thread.foreign != nullptr && share(thread.foreign))) {
    throw SharedMemoryGrew();
  }
  if (thread.crashed) {
    add_crash(thread);
  } else if (global != nullptr && tree_[thread.last].stack == nullptr) {
    // A call that is refused says more: what it belongs to may have changed the global.
    add_changed_global(thread, global);
  }
  return thread.first_new;
}

/// A thread may read what its creators wrote plainly before they created it (a test suite's
/// constants, say). So their fibers must stand behind that point, and not beyond a join, after
/// which they may write again.
bool Program::align_parent(Thread& thread) {
  if (thread.origin == no_node) return true;
  Thread& parent = this->thread(tree_[thread.origin].thread);
  NodeId node = parent.at;
  bool joined = false;
  while (node != no_node && node != thread.origin) {
    node = tree_[node].parent;
    if (node != no_node && node != thread.origin)
      joined |= tree_[node].op.kind == api::OpKind::join;
  }
  if (node == thread.origin && !joined) return align_parent(parent);
  parent.origin = tree_[thread.origin].origin;
  parent.at = no_node;
  plan(parent, thread.origin, {});
  parent.stop_after_path = true;
  run(parent);
  return parent.at == thread.origin;
}

/// Lets the thread use its own memory, and read what its creators had before they created it. Any
/// other access is one to shared memory.
void Program::share_memory(Thread& thread) {
  if (announced_ != nullptr) return;
  using Access = fiber::Region::Access;
  for (auto& other : threads_) {
    if (other) other->allowed = Access::none;
  }
  for (NodeId origin = thread.origin; origin != no_node;) {
    Thread& creator = *threads_[tree_[origin].thread];
    creator.allowed = Access::read;
    creator.readable = memory_is_shared ? tree_[origin].sealed : fiber::Region::arena_bytes;
    origin = creator.origin;
  }
  thread.allowed = Access::own;
  for (auto& other : threads_) {
    if (other) other->fiber.region().allow(other->allowed, other->readable);
  }
}

void Program::body(void* thread) {
  auto& self = *static_cast<Thread*>(thread);
  self.program.run_body(self);
}

void Program::run_body(Thread& thread) {
  // Above this, frames hold addresses of the checker's own stack.
  const volatile std::byte marker{};
  thread.stack_begin = const_cast<const std::byte*>(&marker);
  try {
    fiber::run_on(own_stack_, [&] {
      if (announced_ == nullptr) {
        begin_stack(thread);
      } else {
        begin_memory(thread);
      }
      current_memory = this;
      close_memory(thread);
      return 0;
    });
    fiber::FloatingPoint::current().without_flags().restore();
    if (thread.origin == no_node) {
      main_body_();
    } else {
      const api::Op& origin = tree_[thread.origin].op;
      origin.box->invoke(reinterpret_cast<const void*>(origin.operand));
    }
    call_exit_functions();
    api::perform({.kind = api::OpKind::finish, .site = thread.site});
  } catch (const std::exception& error) {
    end_by_exception(thread, error.what());
  } catch (...) {
    end_by_exception(thread, nullptr);
  }
}

void Program::end_by_exception(Thread& thread, const char* what) {
  on_own_stack([&] {
    const std::string text = what == nullptr
                                 ? "an exception that is not a std::exception left the thread"
                                 : std::string("an exception left the thread: ") + what;
    settle(thread);
    end_thread(thread, ViolationKind::escaped_exception, text, thread.site);
    return 0;
  });
}

void Program::end_by_terminate(const char* what) {
  on_own_stack([&] {
    const std::string text =
        what == nullptr ? "std::terminate was called: an exception that is not a std::exception "
                          "left a destructor or a noexcept function"
                        : std::string("std::terminate was called: ") + what;
    settle(*running_);
    end_thread(*running_, ViolationKind::terminated, text, running_->site);
    return 0;
  });
}

}  // namespace heddle::runtime
