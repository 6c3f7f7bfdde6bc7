// How runs end that come to no Op: crashes, creators that are lost, globals that changed.
#include <csignal>
#include <optional>
#include <string>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
/// What it means that a thread crashed where it accessed memory; nothing if that is no memory of
/// the scenario's.
std::optional<Program::Crash> Program::invalid_access(const Thread& thread) const {
  using enum ViolationKind;
  switch (thread.fault) {
    case memory::Fault::atomic:
      return Crash{
          unmodelled_memory,
          "used an atomic instruction on plain memory that threads share: std::atomic, "
          "and the counts of std::shared_ptr and std::exception_ptr, are not modelled; use "
          "rl::atomic"};
    case memory::Fault::outside:
      return Crash{use_after_free, "accessed memory beyond the end of a block of " +
                                       std::to_string(areas_.at(stepper_.where())->bytes()) +
                                       " bytes"};
    case memory::Fault::unknown:
      return Crash{unmodelled_memory,
                   "accessed plain memory that no thread shared when the trace was made"};
    default:
      break;
  }
  const void* address = thread.crash_address;
  if (areas_.at(address) != nullptr) {
    return Crash{unmodelled_memory,
                 thread.copies_value
                     ? "passed on a value, or a thread's body, that is copied by way of plain "
                       "memory that threads share: pass a pointer to it"
                     : "accessed plain memory that threads share by an instruction whose accesses "
                       "can't be told (a gather, say): compile for an older processor, or use "
                       "rl::var"};
  }
  const Thread* owner = owner_of(address);
  if (owner == nullptr) return std::nullopt;
  if (owner->fiber.region().arena().closed_at(address) != nullptr) {
    return Crash{use_after_free, "accessed a block that it freed"};
  }
  if (owner != &thread) {
    return Crash{unmodelled_memory, "touched memory of thread " + std::to_string(owner->id) +
                                        " without the checker's knowledge; shared data must be "
                                        "rl::atomic or rl::var"};
  }
  if (!owner->fiber.region().in_stack_guard(address)) return std::nullopt;
  return Crash{stack_overflow, "used more than its 256 KiB of stack"};
}

/// What it means that a thread crashed.
Program::Crash Program::crash_of(const Thread& thread) const {
  if (thread.waits_in != no_system_call) {
    return {ViolationKind::unmodelled_call,
            "waits in " + system_call_name(thread.waits_in) +
                ", which can't be explored: make what comes from outside a parameter or a choice"};
  }
  if (thread.crash_signal == 0) {
    return {ViolationKind::endless_spin, "computes for seconds without coming to another one"};
  }
  if (thread.crash_signal == SIGSEGV || thread.crash_signal == SIGBUS) {
    if (const auto crash = invalid_access(thread)) return *crash;
  }
  return {ViolationKind::crash, std::string("crashed with ") + signal_name(thread.crash_signal)};
}

/// Notes the crash of a run as the thread's last node.
void Program::add_crash(Thread& thread) {
  const Crash crash = crash_of(thread);
  if (thread.crash_signal == 0) endless_.emplace(thread.site.file, thread.site.line);
  settle_ended(thread);
  const std::string text = "after this operation the thread " + crash.text;
  Node node;
  node.op = {.kind = api::OpKind::fail, .text = intern(text), .site = thread.site};
  node.end = End::violated;
  node.violation = crash.kind;
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
  const auto offset = reinterpret_cast<std::uintptr_t>(address) - memory::program_base();
  mismatch_ = globals_.is_thread_local(address)
                  ? "a thread_local variable was changed by a thread up to this operation; all "
                    "threads of a test would share it: use rl::thread_local_var (TLS_T)"
                  : "a global or static variable (see `nm` for address " +
                        hex(reinterpret_cast<const void*>(offset)) +
                        ") was changed by a thread up to this operation; shared data must be "
                        "rl::atomic or rl::var, and made anew in every execution";
  if (thread.first_new == no_node) return;
  Node& first = tree_.at(thread.first_new);
  first.end = End::violated;
  first.violation = ViolationKind::unmodelled_memory;
  first.op.text = intern(mismatch_);
  thread.at = no_node;
}

}  // namespace heddle::runtime
