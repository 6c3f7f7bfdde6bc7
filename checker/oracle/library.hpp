// The standard library's locks, semaphores, latches and condition variables as a machine: threads
// take turns, and each call is a step or two. Says what checker/sync must come to.
//
// The machine is sequentially consistent. What it says holds in every model for programs that only
// wait and never try: without a data race they can't tell the models apart.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/native.hpp"

namespace heddle::oracle::library {

enum class Call : std::uint8_t {
  lock,         // mutex `object`
  try_lock,     // register = 1 if it got it
  lock_timed,   // register = 1, or 0 once time has run out while others have it
  unlock,       //
  lock_shared,  // of a shared mutex
  unlock_shared,
  take,        // from the semaphore
  try_take,    // register = 1 if there was something to take
  take_timed,  // register = 1, or 0 once time has run out while there is nothing
  give,
  count_down,   // the latch
  latch_wait,   //
  wait,         // on the condition variable, with mutex 0, until it is notified or for no reason
  wait_timed,   // register = 1, or 0 once time has run out
  wait_value,   // while (data `object` != value) wait;
  notify_one,   //
  notify_all,   //
  get,          // register = plain data `object`
  set,          // plain data `object` = value
  skip_if_not,  // if the latest register is 0, the next `value` steps are skipped
};

struct Step {
  Call call{};
  int object = 0;
  int value = 0;
};

inline constexpr int mutexes = 2;  // number 0 goes with the condition variable
inline constexpr int datas = 2;

enum class MutexType : std::uint8_t { plain, recursive, timed, shared };

struct Program {
  std::string name;
  std::array<MutexType, mutexes> types{};
  int semaphore = 0;  // its count at the beginning
  int latch = 0;
  std::vector<std::vector<Step>> threads;

  bool has(Call call) const;
  /// Whether a thread learns that it could not get something: only under sc does that order it.
  bool tries() const;
};

std::string to_string(const Program& program);

/// A program of 2 or 3 threads drawn from `seed`. Locks are paired, a thread waits on the condition
/// variable at most once and tries with a time-out at most once per object.
Program random_program(std::uint64_t seed);

/// Makes a program for which `fails` is true as small as it gets.
Program shrink(const Program& program, const std::function<bool(const Program&)>& fails);

/// What the machine comes to, in all ways: `races`, `flaws` (race, endless_wait) and `states`; the
/// last row of a state has the data. Throws std::invalid_argument if a thread gives back what it
/// does not hold, locks twice what is not recursive, keeps a lock, or waits without mutex 0.
Answer explore(const Program& program);

/// A scenario body that does what `program` says with the objects of checker/sync. `program` and
/// `recorder` must outlive it.
std::function<void()> native_body(const Program& program, Recorder& recorder);

}  // namespace heddle::oracle::library
