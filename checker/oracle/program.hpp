// A tiny language for test programs, small enough to be enumerated by brute force.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace heddle::oracle {

inline constexpr int max_threads = 16;
inline constexpr int max_locations = 8;
inline constexpr int max_registers = 8;  // of one thread

enum class Kind : std::uint8_t {
  load,         // register = location
  store,        // location = value
  fetch_add,    // register = location; location += value
  exchange,     // register = location; location = value
  cas,          // register = location; if it is `expected`, location = value (in one step)
  fence,        // orders the thread's accesses
  read,         // register = plain location
  write,        // plain location = value
  lock,         // waits until the mutex is free
  unlock,       // frees it
  await,        // waits for location == expected
  await_both,   // rounds of: load location; if it is `expected`, load location2; until that is
                // `expected2`
  skip_if,      // if register `value.reg` is `expected`, the next `count` instructions are skipped
  spawn,        // starts thread `thread`, which else runs from the beginning
  join,         // waits for the end of thread `thread`, if this thread started it
  spin,         // while (location != expected);
  cas_until,    // while (!cas(location, expected -> value));
  retry_add,    // do register = location; while (!cas(location, register -> register + value));
  try_lock,     // register = 1 if the mutex was free and is now the thread's, else 0
  timed_await,  // register = 1 once location == expected, or 0 when time has run out
  choose,       // register = one of 0 .. count-1
  check,        // it is an error, and the thread's end, if register `value.reg` is not `expected`
  assume,       // the same, but the execution does not count
  destroy,      // ends the location's life; for plain data and atomics: also frees it
};

/// A constant, or an earlier register of the thread plus a constant.
struct Value {
  int constant = 0;
  int reg = -1;
};

struct Instruction {
  Kind kind{};
  int location = -1;
  std::memory_order order = std::memory_order_relaxed;
  std::memory_order failure = std::memory_order_relaxed;  // of a cas that fails
  Value value{};
  int expected = 0;
  int location2 = -1;
  int expected2 = 0;
  int count = 0;
  int thread = -1;  // position in Program::threads
  int into = -1;    // the register that it sets; given by Program::add
};

enum class LocationType : std::uint8_t { unused, atomic, plain, mutex };

/// Threads over locations that start at 0 (or at `initial`), without loops but those that wait.
struct Program {
  std::string name;
  std::vector<std::vector<Instruction>> threads;
  std::array<int, max_locations> initial{};
  std::array<bool, max_locations> uninitialised{};  // reading its initial value is an error
  bool spurious = false;                            // cas and try_lock may also fail for no reason

  /// Adds a thread and numbers its registers: the k-th instruction that reads into a register sets
  /// register k, executed or skipped. Throws std::invalid_argument if the program is too large, its
  /// registers make no sense, or a thread spawns one that is not behind it in `threads` or is
  /// spawned already, or joins one that it does not spawn before.
  Program& add(std::vector<Instruction> thread);

  /// Whether another thread starts the thread at this position. If that skips the spawn, the thread
  /// never runs.
  bool is_spawned(std::size_t thread) const;

  /// Whether some thread has an instruction of this kind.
  bool has(Kind kind) const;

  /// Whether some thread ends the location's life, if it gets there. Else the main thread does, at
  /// the end.
  bool destroys(int location) const;
};

/// How the program uses a location. Throws std::invalid_argument if it uses it in two ways.
LocationType type_of(const Program& program, int location);

/// Whether the final state has the location's last value: not if threads may have ended its life,
/// or if it may be unwritten.
bool is_shown_at_end(const Program& program, int location);

/// Number of locations: one more than the largest that is used.
int locations_of(const Program& program);

/// One line per thread, for reports.
std::string to_string(const Program& program);

/// What an execution leaves behind: the registers of each thread, packed by `pack`, then the
/// locations' last values.
using FinalState = std::array<std::uint64_t, max_threads + 1>;

/// Puts the value of register or location `index` into its byte of `packed`.
/// Throws std::out_of_range if `value` needs more than a byte.
std::uint64_t pack(std::uint64_t packed, int index, int value);

/// The value that pack() stored.
inline int unpack(std::uint64_t packed, int index) {
  return static_cast<std::int8_t>(packed >> (8 * index));
}

/// The non-zero registers and locations, for reports.
std::string to_string(const FinalState& state);

/// Whether the instruction sets a register.
bool sets_register(Kind kind);

// One function per instruction, so that programs in tests read like programs.
namespace ops {

inline constexpr auto rlx = std::memory_order_relaxed;
inline constexpr auto acq = std::memory_order_acquire;
inline constexpr auto rel = std::memory_order_release;
inline constexpr auto acq_rel = std::memory_order_acq_rel;
inline constexpr auto sc = std::memory_order_seq_cst;

inline Value constant(int c) { return {.constant = c}; }
inline Value reg(int number, int plus = 0) { return {.constant = plus, .reg = number}; }

Instruction load(int location, std::memory_order order);
Instruction store(int location, Value value, std::memory_order order);
Instruction store(int location, int value, std::memory_order order);
Instruction fetch_add(int location, int amount, std::memory_order order);
Instruction exchange(int location, int value, std::memory_order order);
Instruction cas(int location, int expected, int desired, std::memory_order success,
                std::memory_order failure);
Instruction fence(std::memory_order order);
Instruction read(int location);
Instruction write(int location, Value value);
Instruction lock(int location);
Instruction unlock(int location);
Instruction await(int location, int expected, std::memory_order order);
Instruction await_both(int location, int expected, int location2, int expected2,
                       std::memory_order order);
Instruction skip_if(int reg, int expected, int count);
Instruction spawn(int thread);
Instruction join(int thread);
Instruction spin(int location, int expected, std::memory_order order);
Instruction cas_until(int location, int expected, int desired, std::memory_order success,
                      std::memory_order failure);
Instruction retry_add(int location, int amount, std::memory_order order);
Instruction try_lock(int location);
Instruction timed_await(int location, int expected, std::memory_order order);
Instruction choose(int count);
Instruction check(int reg, int expected);
Instruction assume(int reg, int expected);
Instruction destroy(int location);

}  // namespace ops
}  // namespace heddle::oracle
