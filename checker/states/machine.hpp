// The scenario as a machine with states: threads take turns, memory has one value per object.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checker/explore/execution.hpp"
#include "checker/states/fingerprint.hpp"
#include "checker/states/locals.hpp"

namespace heddle::states {

/// What a step is, beside the thread that does it: which of a choice's alternatives, or whether a
/// weak operation fails for no reason.
using Alternative = std::uint32_t;
inline constexpr Alternative fails_spuriously = 0xffff'ffff;

/// One Op of a thread, in an execution.
struct Step {
  ThreadId thread = 0;
  Alternative alternative = 0;
  NodeId node = no_node;    // that asks for it
  bool has_effect = false;  // memory changed
};

/// What came of a step.
enum class Outcome : std::uint8_t {
  done,
  blocked,  // it can't be done now, or would change nothing; nothing was done
  wrong,    // it is a violation
  refused,  // the search can't go on: unsupported() says why
};

/// A state, and the steps that lead to others. All steps can be undone.
///
/// Steps that no other thread can tell from their absence are done at once with the step before
/// them (docs/STATE-SEARCH.md): what is left are steps at objects that several threads use.
class Machine {
 public:
  /// `spurious`: weak operations also fail for no reason.
  Machine(Locals& locals, bool spurious) : locals_(locals), spurious_(spurious) {}

  /// To the first state. Returns what came of the steps that are done at once there.
  Outcome start();

  const Fingerprint& fingerprint() const { return fingerprint_; }
  std::uint32_t threads() const { return static_cast<std::uint32_t>(threads_.size()); }

  /// How many alternatives the thread's next step has; 0 if it has none, being over or not begun.
  std::uint32_t alternatives(ThreadId thread) const;
  Alternative alternative(ThreadId thread, std::uint32_t number) const;
  /// Whether the next step is the thread's own business, though it has several ends: then no other
  /// thread's step has to be tried before it.
  bool is_private(ThreadId thread) const;
  /// The thread's next step, and what is done at once behind it. If that is `blocked` the state is
  /// as it was.
  Outcome step(ThreadId thread, Alternative alternative);

  using Mark = std::size_t;
  Mark mark() const { return trail_.size(); }
  void undo(Mark mark);

  bool ended(ThreadId thread) const;
  /// Where the thread stands.
  NodeId node_of(ThreadId thread) const { return locals_[threads_[thread]].node; }

  /// Where the steps are noted, while it is set.
  void note_steps(std::vector<Step>* steps) { steps_ = steps; }
  /// Whether the steps noted since the latest start() or step() may race: an execution has to be
  /// looked at to know.
  bool is_suspicious() const { return suspicious_; }

  /// Whether an object was found to be used by several threads that was not known to be. Then
  /// steps were done at once that must not be: search again.
  bool sharing_grew() const { return sharing_grew_; }
  void forget_growth() { sharing_grew_ = false; }
  /// What the search can't do, in words; empty if nothing.
  const std::string& unsupported() const { return unsupported_; }

 private:
  static constexpr ThreadId nobody = 0xffff'ffff;

  struct Slot {
    std::uint64_t value = 0;
    // Life, uninitialised, shape, who holds it, allocation: packed, as it is part of the state.
    std::uint64_t facts = 0;
  };
  /// What is known of an object beyond states.
  struct Object {
    const void* address = nullptr;
    ThreadId user = nobody;  // the first thread that accessed it as an atomic
    bool shared = false;
  };
  struct Change {
    enum class What : std::uint8_t { thread, value, facts };
    What what;
    std::uint32_t index;
    std::uint64_t former;
  };

  const runtime::Node& node(ThreadId thread) const { return locals_.node(threads_[thread]); }
  std::uint64_t value(SlotId id) const { return id < slots_.size() ? slots_[id].value : 0; }
  Slot& slot(SlotId id);
  Object& object(SlotId id);
  void set_thread(ThreadId thread, LocalId local);
  void set_value(SlotId id, std::uint64_t value);
  void set_facts(SlotId id, std::uint64_t facts);

  bool is_local(ThreadId thread) const;
  bool may_fail_spuriously(ThreadId thread) const;
  Outcome do_local_steps();
  Outcome do_step(ThreadId thread, Alternative alternative, bool local);
  Outcome do_op(ThreadId thread, Alternative alternative, api::Reply* reply);
  Outcome do_atomic(ThreadId thread, Alternative alternative, api::Reply* reply);
  Outcome do_lock(ThreadId thread, api::Reply* reply);
  Outcome do_plain(ThreadId thread, api::Reply* reply);
  Outcome do_life(ThreadId thread);
  Outcome do_block(ThreadId thread);
  Outcome do_join(ThreadId thread);
  bool is_wrong_access(const runtime::Node& node);
  bool holds_object(const void* block, std::uint64_t bytes) const;
  void use(ThreadId thread, SlotId slot);
  void note_access(ThreadId thread, SlotId slot, AccessKind kind);
  bool descends(ThreadId thread, ThreadId ancestor) const;

  Locals& locals_;
  bool spurious_;
  std::vector<LocalId> threads_;
  std::vector<Slot> slots_;
  std::vector<Object> objects_;
  std::map<const void*, SlotId> by_address_;  // modelled objects
  std::vector<ThreadId> parents_;
  Accesses accesses_;
  AccessesId list_ = 0;   // of the thread whose step is done
  bool is_kept_ = false;  // the step's access goes into it
  Fingerprint fingerprint_;
  std::vector<Change> trail_;
  std::vector<Step>* steps_ = nullptr;
  std::string unsupported_;
  bool suspicious_ = false;
  bool sharing_grew_ = false;
};

}  // namespace heddle::states
