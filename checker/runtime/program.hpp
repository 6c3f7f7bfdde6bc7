// The scenario as a program that the explorer can step through: grows the behaviour tree on demand.
#pragma once

#include <algorithm>
#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/fiber/fiber.hpp"
#include "checker/fiber/floating_point.hpp"
#include "checker/fiber/own_stack.hpp"
#include "checker/fiber/thread_locals.hpp"
#include "checker/memory/areas.hpp"
#include "checker/memory/stepper.hpp"
#include "checker/runtime/announced_code.hpp"
#include "checker/runtime/behaviour.hpp"
#include "checker/runtime/boxes.hpp"
#include "checker/runtime/crash.hpp"
#include "checker/runtime/globals.hpp"
#include "checker/runtime/orders.hpp"
#include "checker/runtime/scenario_memory.hpp"

namespace heddle::runtime {

/// Thrown where plain memory turns out to be shared that was not known to be, or to have smaller
/// cells: what threads do from now on differs from what is known of them. A new Program with the
/// same areas must be made.
class SharedMemoryGrew {};

/// Whether plain memory may be shared, which takes instructions that can be decoded.
#if defined(__x86_64__)
inline constexpr bool memory_is_shared = true;
#else
inline constexpr bool memory_is_shared = false;
#endif

/// Runs scenario threads natively where their behaviour is not known yet. It knows no execution
/// graph and no memory model: whoever asks for the next node decides what a read returns.
class Program final : api::Engine, ScenarioMemory, CrashHandler {
 public:
  /// `body` is the main thread; `parameters` answer api::parameter(). `areas` has the shared memory
  /// that is known. `orders`, if it is given, sees every Op of the threads first. `announced`: the
  /// code announces its accesses to memory, which is open to all threads. All must outlive the
  /// program.
  Program(std::function<void()> body, std::map<std::string, std::int64_t> parameters,
          memory::Areas& areas, Orders* orders = nullptr, AnnouncedCode* announced = nullptr);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// The first state of the main thread.
  NodeId main_root();
  /// The first state of the thread that the spawn at `node` starts, or of the observer of an
  /// invariant.
  NodeId root_of(NodeId node);

  /// The state that the thread at `node` comes to when its Op is answered with `reply`. A node with
  /// Node::retry set stands for that earlier node.
  NodeId next(NodeId node, const api::Reply& reply);

  const Node& operator[](NodeId id) const { return tree_[id]; }

  /// Whether a thread that comes back to an earlier state counts as waiting (it does at first).
  void recognise_waits(bool recognised) { recognises_waits_ = recognised; }
  /// Whether Node::state is known wherever it can be, not only where a wait may begin.
  void remember_states(bool all) { remembers_states_ = all; }

  /// Has the thread that `parent` spawns as its `nth` one (from 0) get this number, less than
  /// max_threads. Else they are numbered in the order in which they are met, which for a replay is
  /// not that of the exploration. To be called before any thread runs.
  void number_thread(ThreadId parent, std::uint32_t nth, ThreadId number) {
    numbers_.emplace(std::pair(parent, nth), number);
    highest_number_ = std::max(highest_number_, number);
  }
  /// The numbers that threads have by now: of the nth one that a parent spawns.
  const std::map<std::pair<ThreadId, std::uint32_t>, ThreadId>& thread_numbers() const {
    return numbers_;
  }
  /// Whether threads run on behind the state that is asked for, while replies are known (they do at
  /// first).
  void run_ahead(bool ahead) { runs_ahead_ = ahead; }

  // All that runs native code, like next(), may throw SharedMemoryGrew.

  /// How many states are remembered.
  std::size_t remembered() const { return tree_.size(); }
  /// Forgets all states but those in `keep` and what they need. They come back, with other numbers,
  /// when they are asked for.
  void forget_all_but(std::vector<NodeId> keep);

  /// Runs the thread of `node` from its beginning to `node` and compares every Op. Returns false if
  /// it behaved differently; then mismatch() says how.
  bool verify(NodeId node);
  const std::string& mismatch() const { return mismatch_; }

  /// Lets every thread start anew, for visit().
  void restart();
  /// Runs the thread of `node`, natively, from where its last visit left it (or from its beginning)
  /// to where it asks for the Op of `node`, and calls `there` on the thread's own stack. Nothing
  /// new becomes known. A thread that ends before that, by a crash say, is not there.
  void visit(NodeId node, const std::function<void()>& there);

  /// The values of all cells of the shared block at an address, one behind the other.
  std::string values_of(const void* block, const std::function<std::uint64_t(SlotId)>& value);
  /// Keeps such values; the result is what a `view` is answered with.
  std::uint64_t keep(const std::string& values) { return boxes_.keep(values); }

  /// Whether memory that is never released is an error: not where a program's end releases it.
  bool finds_leaks() const { return announced_ == nullptr; }

  /// Alternatives that were left out, each as a clause: "at most one time-out per wait".
  const std::set<std::string>& bounds() const { return bounds_; }
  void note_bound(const char* clause) override;

  /// What the object at `address` is called in reports: a label given with api::name(), else one
  /// made from what and where it is.
  std::string object_name(const void* address) const;
  /// The same for the object of a node, which may be a cell.
  std::string object_name(const Node& node) const;
  /// The label given to the object with api::name(); empty if none.
  std::string_view label(SlotId slot) const { return slots_[slot].object_label; }
  /// The label that the thread gave itself with api::name_thread(); empty if none.
  std::string thread_name(ThreadId id) const;
  /// The bytes of a boxed value of a trivially copyable type; none of other types.
  std::string_view boxed_bytes(std::uint64_t value) const { return boxes_.bytes(value); }
  /// Whether a modelled object or block was met at that address.
  bool is_address(std::uint64_t value) const { return slot_numbers_.contains(value); }
  /// What a pointer to `address` is called: a label, else what lies there in the program or a
  /// library, else a number.
  std::string pointer_name(std::uint64_t address) const;
  /// Whether the address is one of a thread's memory, or of what threads share: these are the same
  /// in every run.
  bool is_scenario_memory(std::uint64_t value) const;

 private:
  struct Thread;
  struct CellPlace {
    SlotId slot;
    memory::Cell cell;
  };
  struct LibraryBlock {
    const std::byte* begin;
    std::size_t bytes;
    ThreadId thread;
  };
  struct Slot {
    const void* address = nullptr;
    std::string object_label = {};  // the longest label given: "file a.f_count"
    std::string pointer_label =
        {};  // the shortest: "file a", whose first member has the same address
    const char* what = "object";
    api::Site site = {};
  };

  // What scenario code calls, on its own stack.
  api::Reply perform(const api::Op& op, const void* frame) override;
  void name(const void* address, const char* label) override;
  void name_thread(const char* label) override;
  void*& thread_slot() override;
  void* thread_memory(std::size_t bytes) override;
  std::uint32_t thread_index() const override;
  std::int64_t parameter(const char* name) const override;
  void* allocate(std::size_t bytes, std::size_t alignment, const void* caller) override;
  bool release(void* block) override;
  std::optional<std::size_t> size_of(const void* block) override;
  void note_hidden_state() override;
  void note_mapping() override;
  void remember(const void* block, std::size_t bytes) override;
  void forget(const void* block) override;
  void begin_static_variable() override;
  void end_static_variable() override;
  bool in_static_variable() const override { return static_variables_ != 0; }
  void at_thread_exit(void (*destructor)(void*), void* object) override;
  void end_by_terminate(const char* what) override;
  void refuse(const RefusedCall& call) override;
  void call_exit_functions() override;
  void announce(void* address, std::size_t bytes, bool reads, bool writes,
                const Caller& caller) override;
  bool announce_atomic(void* address, std::size_t bytes, bool writes,
                       const Caller& caller) override;
  const api::Site& site_of(const Caller& caller) override;
  bool on_crash(int signal, const void* address, void* registers) override;
  void on_tick() override;
  void on_waiting_second(int system_call) override;
  [[noreturn]] void give_up(Thread& thread, int signal, const void* address);

  api::Op asked(const Thread& thread, const api::Op& op) const;
  api::Reply answer(Thread& thread, const api::Op& op, const void* frame);
  api::Reply repeat(Thread& thread, const api::Op& op);
  api::Reply grow(Thread& thread, const api::Op& op, const void* frame);
  void add_node(Thread& thread, Node node);
  void end_thread(Thread& thread, ViolationKind kind, const std::string& message,
                  const api::Site& site);
  void end_at(Thread& thread, const Node& node);
  void close_round(Thread& thread, const api::Site& site);
  NodeId recurrence(const Thread& thread, const api::Op& op, const State& state) const;
  std::uint8_t rounds_before(const Thread& thread, const api::Op& op) const;
  bool changes_nothing(NodeId id, const api::Reply& reply) const;
  bool rewrites(NodeId id) const;
  std::uint8_t failures_before(const Thread& thread, const api::Op& op, SlotId slot) const;
  Node make_node(Thread& thread, const api::Op& op);
  void keep_values(Thread& thread, api::Op& op);
  void note_round(Thread& thread, NodeId id);
  std::uint32_t begin_reading(Thread& thread, const api::Op& op);
  bool may_be_read(const Thread& thread, const void* block) const;
  void number_spawn(Thread& thread, Node& node);

  // Plain memory, on the thread's side (shared_memory.cpp, shared_blocks.cpp).
  void* allocate_block(const memory::AreaKind& kind, std::size_t alignment);
  bool release_block(void* block);
  void begin_lives(Thread& thread, const memory::Area& area, const std::byte* block);
  void end_life(Thread& thread, const void* block);
  void begin_stack(Thread& thread);
  void end_stack(Thread& thread);
  void close_memory(Thread& thread);
  void open_memory(Thread& thread);
  void conceal_cells(Thread& thread);
  bool knows_next(const Thread& thread) const;
  template <typename Note>
  void for_accesses(Thread& thread, Note note);
  void settle(Thread& thread);
  void pass_known(Thread& thread);
  static bool may_come(const Thread& thread, const Node& node);
  void see_blocks(Thread& thread);
  void look_at(Thread& thread, const std::byte* block, const void* code);
  void show(Thread& thread, const std::byte* block, const api::Reply& reply);
  bool step(Thread& thread, int signal, const void* address, void* registers);
  void note_foreign(Thread& thread, const void* address) const;
  void note_overrun(Thread& thread) const;
  api::Op op_on(const memory::View& view, const memory::Cell& cell, api::OpKind kind) const;
  // Memory whose accesses are announced (announced.cpp).
  template <typename Use>
  void for_tracked(Thread& thread, std::byte* address, std::size_t bytes, Use use);
  template <typename Use>
  void for_shared(Thread& thread, std::byte* address, std::size_t bytes, Use use);
  memory::Area* tracked(Thread& thread, const std::byte* address);
  void learn(Thread& thread, std::byte* address, std::size_t bytes, bool writes, bool atomic);
  void see(Thread& thread, std::byte* cell, std::uint8_t size, const Caller& caller);
  static void take_written(Thread& thread);
  void flush(Thread& thread);
  void flush_ended(Thread& thread);
  void begin_cells(Thread& thread, memory::Area& area, std::byte* block, bool has_values);
  void end_cells(Thread& thread, memory::Area& area, std::byte* block);
  void begin_memory(Thread& thread);
  void end_memory(Thread& thread);
  void forget_blocks(Thread& thread);
  void release_cells(Thread& thread, std::byte* block);
  State state_announced(Thread& thread, const void* frame);
  bool owns(const Thread& thread, const memory::Area& area) const;
  // ... and on the checker's.
  void make_views(Thread& thread);
  void clear_views(Thread& thread);
  void settle_ended(Thread& thread);
  bool learn_from(const Thread& thread);
  bool share(const void* address);
  bool share_blocks(const void* address);
  const std::vector<CellPlace>& cells_of(const void* block);
  Thread* owner_of(const void* address) const;
  /// What scenario code calls runs as the checker's, like perform(). Its result must not be left in
  /// the thread's memory, which may be shared.
  template <typename Body>
  std::uint64_t on_own_stack(Body body) {
    if (current_memory == nullptr) return body();  // the checker's own call
    const auto arithmetic = fiber::FloatingPoint::current();
    const std::uint64_t value = fiber::run_on(own_stack_, [&] {
      open_memory(*running_);
      current_memory = nullptr;
      const std::uint64_t result = body();
      current_memory = this;
      close_memory(*running_);
      return result;
    });
    arithmetic.restore();
    return value;
  }

  // The checker's side.
  Thread& thread(ThreadId id);
  void plan(Thread& thread, NodeId target, const api::Reply& reply);
  bool align_parent(Thread& thread);
  NodeId run(Thread& thread);
  void resume(Thread& thread);
  State state_of(const Thread& thread, const void* frame) const;
  void add_elsewhere(StateHash& hash, const Thread& thread) const;
  void forget_elsewhere(Thread& thread);
  static void resume_with_thread_locals(Thread& thread);
  NodeId first_state(Thread& thread, NodeId root);
  void share_memory(Thread& thread);
  struct Crash {
    ViolationKind kind;
    std::string text;  // goes on after "the thread "
  };
  std::optional<Crash> invalid_access(const Thread& thread) const;
  Crash crash_of(const Thread& thread) const;
  void add_crash(Thread& thread);
  NodeId add_lost_parent(Thread& thread);
  void add_changed_global(Thread& thread, const void* address);
  static void body(void* thread);
  void run_body(Thread& thread);
  void end_by_exception(Thread& thread, const char* what);

  std::string stack_name(const std::byte* address) const;
  std::string address_name(const void* address) const;
  SlotId slot_of(const void* address, api::Place place = api::Place::object);
  const char* intern(const std::string& text);

  std::function<void()> main_body_;
  std::map<std::string, std::int64_t> parameters_;
  Orders* orders_;
  AnnouncedCode* announced_;
  memory::Areas& areas_;
  memory::Stepper stepper_;
  BehaviourTree tree_;
  Boxes boxes_;
  std::vector<std::unique_ptr<Thread>> threads_;
  Thread* running_ = nullptr;
  std::map<std::pair<ThreadId, std::uint32_t>, ThreadId>
      numbers_;  // (parent, its nth spawn) -> thread
  ThreadId highest_number_ = 0;
  NodeId main_root_ = no_node;
  std::unordered_map<NodeId, NodeId> roots_;  // spawn or invariant -> first state
  std::vector<Slot> slots_;
  std::unordered_map<std::uint64_t, SlotId> slot_numbers_;               // by slot_key()
  std::map<std::uintptr_t, std::set<memory::AreaKind>> private_blocks_;  // met so far, by place
  std::set<std::string> texts_;
  std::set<std::vector<const void*>> stacks_;  // that nodes point to
  std::set<std::string> bounds_;
  std::string mismatch_;
  std::unordered_map<const void*, std::vector<CellPlace>> cells_of_blocks_;
  std::vector<LibraryBlock> library_blocks_;
  bool maps_memory_ = false;
  unsigned static_variables_ = 0;                   // whose initialisers run
  const char* wrong_parameter_ = nullptr;           // what is wrong with one that was asked for
  const std::function<void()>* visitor_ = nullptr;  // what visit() calls
  std::uint64_t native_runs_ = 0;
  bool recognises_waits_ = true;
  bool remembers_states_ = false;
  bool runs_ahead_ = true;
  std::uint64_t slow_run_ = 0;   // the run that the latest ticks belong to
  std::clock_t slow_since_ = 0;  // processor time, the system's included
  std::set<std::pair<const char*, std::uint32_t>> endless_;  // Ops behind which one had no end
  std::uint64_t waiting_run_ = 0;  // the run that waited in a system call when a second passed
  const fiber::ThreadLocalLayout thread_local_layout_ =
      fiber::ThreadLocalLayout::of_calling_thread();
  const bool has_thread_locals_ = thread_local_layout_.can_be_copied();  // each thread its own
  GlobalsWatch globals_;
  CrashGuard crash_guard_{*this};
};

}  // namespace heddle::runtime
