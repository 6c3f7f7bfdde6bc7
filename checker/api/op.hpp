// The seam between a scenario and the checker: every shared access is one Op, and one hook performs
// it.
//
// The rest of checker/api is sugar over this file. It knows no engine: whoever runs a scenario
// installs an Engine for the thread of control and answers its Ops.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle::api {

/// What a scenario thread asks for. The comment gives what perform() returns.
enum class OpKind : std::uint8_t {
  load,              // the value read
  store,             // -
  exchange,          // the value read
  compare_exchange,  // the value read; it succeeded if spurious_failure is clear and the value
                     // equals `expected`
  add_if_clear,      // the value read; if no bit of `expected` is set in it and spurious_failure is
                     // clear, `operand` was added
  add_if_set,        // the same if some bit of `expected` is set in it
  fetch_add,         // the value read (also for the four below)
  fetch_sub,
  fetch_and,
  fetch_or,
  fetch_xor,
  fence,      // -
  read,       // plain read: the value
  touch,      // plain read of a cell of a block whose bytes the thread knows already: -
  write,      // plain write: -
  view,       // plain read of a block: the address of its bytes, as the thread may see them
  construct,  // begins the life of a modelled object of `size` bytes, initialised if has_operand: -
  destroy,    // ends it: -
  allocate,   // operand: bytes. The address of the block
  release,    // returns the block at `address`: -
  lock,       // waits until the mutex at `address` is free: -
  try_lock,   // 1 if acquired, else 0
  unlock,     // -
  spawn,      // operand: the boxed thread body. The new thread's number
  join,       // operand: thread number. Waits for its end: the operand of its finish
  invariant,  // operand: boxed body, run on every memory state from here on until the threads are
              // joined: -
  choose,     // operand: n >= 1. One of 0 .. n-1. `expected`: 1 if it is about how a wait ends. If
              // `weak`, 0 only: the others are a bound that `text` names
  assume_fails,  // the execution is not of interest from here on; `weak`: since others show as
                 // much; does not return
  await_begin,   // starts one evaluation of an await's predicate; `weak` if the wait may also be
                 // given up, which another branch explores: -
  await_retry,   // the predicate was false; does not return
  fail,    // a property is violated, `operand` (a Failure) and `text` say how; does not return
  note,    // `text` is for reports; no effect: -
  misuse,  // the scenario uses the API wrongly, `text` says how; does not return
  finish,  // the thread's end, with the operand as its result; does not return
};

/// What a `fail` is about, where the scenario or a library that it uses found it.
enum class Failure : std::uint8_t {
  assertion,
  condition_reached,  // a state that the scenario looks for: no error in itself
  resource_leak,
  unlocked_unowned,  // a lock is given back by a thread that does not hold it
  locked_twice,
  destroyed_locked,
  shared_to_exclusive,  // a thread asks for exclusive ownership while it holds shared ownership
  exclusive_to_shared,
  mutex_initialised_twice,
  mutex_uninitialised,
  condition_initialised_twice,
  condition_uninitialised,
  semaphore_initialised_twice,
  semaphore_uninitialised,
  event_initialised_twice,
  event_uninitialised,
  thread_signalled,
  terminated,  // the program would call std::terminate
};
inline constexpr std::uint8_t failure_kinds = 18;

/// Compares with a mask and adds, see OpKind.
constexpr bool is_conditional_add(OpKind kind) {
  return kind == OpKind::add_if_clear || kind == OpKind::add_if_set;
}
/// Whether the conditional add goes through for a value.
constexpr bool condition_holds(OpKind kind, std::uint64_t value, std::uint64_t mask) {
  return ((value & mask) == 0) == (kind == OpKind::add_if_clear);
}
/// Accesses to plain data.
constexpr bool is_plain_access(OpKind kind) { return kind >= OpKind::read && kind <= OpKind::view; }
/// Whether it writes only under a condition. Its `weak` form may also fail where that holds.
constexpr bool may_fail(OpKind kind) {
  return kind == OpKind::compare_exchange || is_conditional_add(kind) || kind == OpKind::try_lock;
}
constexpr bool is_read_modify_write(OpKind kind) {
  return kind >= OpKind::exchange && kind <= OpKind::fetch_xor;
}
/// Loads, stores and read-modify-writes of atomics.
constexpr bool is_atomic_access(OpKind kind) {
  return kind >= OpKind::load && kind <= OpKind::fetch_xor;
}

/// How a 64-bit value is to be shown to a person.
enum class ValueType : std::uint8_t {
  unsigned_integer,
  signed_integer,
  boolean,
  pointer,
  floating,  // float or double
  memory,    // nobody knows
  boxed,
  none
};

/// What lies at an Op's address.
enum class Place : std::uint8_t {
  object,  // a modelled object; of allocate and release: a block
  block,   // a block that threads share as plain memory, as a whole
  cell,    // a part of such a block
};

/// A source position; taken by default arguments, so that it costs the scenario's author nothing.
/// std::source_location would be the same, but clang 14 lacks the builtin behind it.
struct Site {
  const char* file = "";
  const char* function = "";
  std::uint32_t line = 0;
  std::uint32_t unused = 0;

  // No aggregate, or `atomic<Pair> x{{1, 2}}` could mean a position.
  constexpr Site() = default;

  static constexpr Site current(const char* file = __builtin_FILE(),
                                const char* function = __builtin_FUNCTION(),
                                std::uint32_t line = __builtin_LINE()) noexcept {
    return at(file, function, line);
  }
  static constexpr Site at(const char* file, const char* function, std::uint32_t line) noexcept {
    Site site;
    site.file = file;
    site.function = function;
    site.line = line;
    return site;
  }
};

/// How the engine keeps values that do not fit into 64 bits: it copies the object once per write
/// and hands out the copy's address as the value.
struct BoxType {
  std::uint32_t size;
  bool trivial;  // bytes may be compared and copied
  void* (*clone)(const void* object);
  void (*dispose)(void* clone);
  void (*invoke)(const void* clone);  // only for thread bodies, else null
};

/// One request of a scenario thread. Unused members keep their defaults.
struct Op {
  OpKind kind;
  ValueType type = ValueType::none;
  std::uint8_t size = 0;  // bytes of the object's value, 1 to 8; 8 for boxed values
  // What may_fail(): also spuriously. load, fetch_and: about sleepers, see atomic.hpp. Others: as
  // listed at OpKind.
  bool weak = false;
  bool has_operand = true;  // construct: false leaves the object uninitialised
  Place place = Place::object;
  std::uint8_t unused[2] =
      {};  // no padding: Ops on the stack are compared as bytes to recognise spin loops
  std::memory_order order = std::memory_order_seq_cst;
  std::memory_order failure_order = std::memory_order_seq_cst;  // of what may_fail(), if it does
  const void* address = nullptr;                                // the object, mutex or block
  std::uint64_t operand = 0;     // value to store or combine, or as listed at OpKind
  std::uint64_t expected = 0;    // of compare_exchange; the mask of a conditional add
  const BoxType* box = nullptr;  // if set, operand (and expected of a compare_exchange) is the
                                 // address of an object to be copied
  const char* text = nullptr;    // message of fail; what an object is (construct)
  Site site = {};
};

/// What perform() returns beside the value.
struct Reply {
  std::uint64_t value = 0;
  bool spurious_failure = false;  // a weak Op failed although its condition was met
};

/// Answers the Ops of the threads that it runs. Installed while scenario code runs, and only then.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// `frame` is the caller's stack pointer, above which its registers and frames lie: what a thread
  /// can remember. Null where the platform can't tell.
  virtual Reply perform(const Op& op, const void* frame) = 0;
  /// Gives the object at `address` a name for reports. No event: it may be called anywhere.
  virtual void name(const void* address, const char* label) = 0;
  /// Gives the calling thread a name for reports. No event.
  virtual void name_thread(const char* label) { static_cast<void>(label); }
  /// Number of the calling thread: 0 is the scenario's main thread.
  virtual std::uint32_t thread_index() const = 0;
  /// A pointer of the calling thread's own, null when the thread begins. No event.
  virtual void*& thread_slot();
  /// Zeroed memory of the calling thread's own, that lives as long as the thread: what the slot may
  /// point to. Null if there is none left. No event, no leak.
  virtual void* thread_memory(std::size_t bytes);
  /// Says that an alternative is left out of the exploration, as a clause of a sentence about it:
  /// "at most one time-out per wait". No event.
  virtual void note_bound(const char* clause) { static_cast<void>(clause); }
  /// Value of a scenario parameter. Ends the scenario with a clear error if there is none of that
  /// name.
  virtual std::int64_t parameter(const char* name) const = 0;

 protected:
  ~Engine() = default;

  /// Where the stack ends that perform() runs on; null: the thread's own. A stack apart leaves
  /// nothing of the engine in the thread's memory. (op.cpp knows where this member is.)
  void* own_stack_ = nullptr;
};

/// The engine of the running scenario, or null outside of one.
inline constinit thread_local Engine* current_engine = nullptr;

/// Ends the program with a message if no scenario runs: modelled objects only work inside one.
[[noreturn]] void no_engine(const Site& site);

inline Engine& engine(const Site& site) {
  if (current_engine == nullptr) [[unlikely]]
    no_engine(site);
  return *current_engine;
}

/// Calls Engine::perform with all callee-saved registers stored at `frame`, on the engine's own
/// stack, between two calls of around_op, if there is one (op.cpp). The latter are made here and
/// not in perform(), so that they leave scenario code as it is.
Reply heddle_perform(Engine* engine, const Op* op) asm("heddle_perform");

/// For what happens to a thread between its Ops: called in the thread ahead of each and behind it.
/// Null: nothing happens.
using AroundOp = void (*)(const Op* op, bool behind);
extern constinit AroundOp around_op asm("heddle_around_op");

inline Reply perform(const Op& op) { return heddle_perform(&engine(op.site), &op); }

}  // namespace heddle::api
