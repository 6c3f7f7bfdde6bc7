// The program's thread_local variables: each scenario thread has its own, and destroys them when it
// ends.
#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

/// The checker's own ones, which are the same for all threads.
struct Checkers {
  api::Engine* engine = api::current_engine;
  ScenarioMemory* memory = current_memory;
};

// Not inlined, since the thread pointer changes in between.
[[gnu::noinline]] void set(const Checkers& values) {
  api::current_engine = values.engine;
  current_memory = values.memory;
}

}  // namespace

void Program::resume_with_thread_locals(Thread& thread) {
  const Checkers checkers;
  thread.thread_locals.enter();
  set(checkers);
  thread.fiber.resume();
  thread.thread_locals.leave();
}

void Program::at_thread_exit(void (*destructor)(void*), void* object) {
  on_own_stack([&]() -> std::uint64_t {
    running_->exit_functions.push_back({.destructor = destructor, .object = object});
    return 0;
  });
}

/// In the order of [basic.start.term]: each may have more of them registered.
void Program::call_exit_functions() {
  Thread& thread = *running_;
  const auto take_next = [&]() -> std::uint64_t {
    if (thread.exit_functions.empty()) return 0;
    thread.next_exit_function = thread.exit_functions.back();
    thread.exit_functions.pop_back();
    return 1;
  };
  while (on_own_stack(take_next) != 0) {
    thread.next_exit_function.destructor(thread.next_exit_function.object);
  }
}

}  // namespace heddle::runtime
