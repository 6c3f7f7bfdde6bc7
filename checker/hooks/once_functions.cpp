// What is initialised once: pthread_once(), and static variables of functions.
#include <pthread.h>

#include <cstdint>

#include "checker/api/control.hpp"
#include "checker/hooks/once.hpp"
#include "checker/hooks/word.hpp"

namespace {

using heddle::hooks::Caller;
using heddle::hooks::explored;
using heddle::hooks::Word;

constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;

enum State : std::uint64_t { idle = 0, done = 1, running = 2 };

/// Waits until it is the caller's to initialise (true) or done (false).
bool begin(const Word& state) {
  std::uint64_t seen = done;
  heddle::api::await(
      [&] {
        if (state.compare_exchange(idle, running, acquire)) {
          seen = idle;
          return true;
        }
        return state.load(acquire) == done;
      },
      state.site());
  return seen == idle;
}

/// Gives the turn back where an exception leaves the function.
class Turn {
 public:
  explicit Turn(const Word& state) : state_(state) {}
  ~Turn() { state_.store(result_, release); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  void finish() { result_ = done; }

 private:
  const Word& state_;
  std::uint64_t result_ = idle;
};

}  // namespace

HEDDLE_EXPORT int pthread_once(pthread_once_t* control, void (*function)()) {
  if (explored() == nullptr) {
    if (*control == idle) function();
    *control = done;
    return 0;
  }
  const Word state(control, sizeof *control, HEDDLE_CALLER);
  if (state.load(acquire) == done || !begin(state)) return 0;
  Turn turn(state);
  function();
  turn.finish();
  return 0;
}

namespace {

// A guard's first byte says whether the variable is initialised: compiled code looks there. The
// rest is free for who initialises it (Itanium C++ ABI, section 3.3.2).
Word turn_of(std::uint64_t* guard, const Caller& caller) {
  return {reinterpret_cast<std::byte*>(guard) + 4, 4, caller};
}

int acquire_guard(std::uint64_t* guard, const Caller& caller) {
  const Word state = turn_of(guard, caller);
  return state.load(acquire) != done && begin(state) ? 1 : 0;
}

void release_guard(std::uint64_t* guard, const Caller& caller) {
  turn_of(guard, caller).store(done, release);
  Word(guard, 1, caller).store(1, release);
}

void abort_guard(std::uint64_t* guard, const Caller& caller) {
  turn_of(guard, caller).store(idle, release);
}

constexpr heddle::runtime::GuardFunctions functions = {acquire_guard, release_guard, abort_guard};

}  // namespace

namespace heddle::hooks {

void explore_static_variables() { runtime::guard_functions = &functions; }

}  // namespace heddle::hooks
