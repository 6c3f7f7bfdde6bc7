#include "checker/interpose/refusal.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "checker/interpose/interpose.hpp"
#include "checker/runtime/original.hpp"
#include "checker/runtime/scenario_memory.hpp"

namespace heddle::interpose {

using runtime::current_memory;

bool in_scenario() { return current_memory != nullptr; }

void refuse_in_scenario(const char* function, const Family& family) {
  if (current_memory != nullptr) {
    current_memory->refuse(
        {.function = function, .used_by = family.used_by, .remedy = family.remedy});
  }
}

Function* find_real(const char* function) { return runtime::original<Function>(function); }

Function* real_or_refuse(const char* function, const Family& family) {
  refuse_in_scenario(function, family);
  Function* real = find_real(function);
  // Nobody could call it without us.
  if (real == nullptr) std::abort();
  return real;
}

bool in_library_of(const char* function, const void* code) {
  const auto library_of = [](const void* address) -> const void* {
    Dl_info info{};
    return dladdr(address, &info) != 0 ? info.dli_fbase : nullptr;
  };
  const void* library = library_of(reinterpret_cast<const void*>(find_real(function)));
  return library != nullptr && library_of(code) == library;
}

namespace {

/// A function of the C library ends the program from within: err(), say. Static variables may be
/// destroyed already, so there is no way back to the search.
void stop_exit_in_library() {
  if (!in_scenario()) return;
  std::fputs(
      "heddle: a thread of the scenario calls a library's function that ends the program; let the "
      "thread return instead, or use RL_ASSERT or heddle::api::check\n",
      stderr);
  constexpr Word broken = 4;
  find_real("_exit")(broken, 0, 0, 0, 0, 0, 0, 0);
}

}  // namespace

void install() {
  refuse_threads();
  refuse_locks();
  refuse_conditions();
  refuse_semaphores();
  refuse_once();
  refuse_system_calls();
  refuse_processes();
  refuse_exits();
  refuse_sleeps();
  refuse_input();
  refuse_signals();
  replace_malloc();
  replace_returned_blocks();
  note_hidden_states();
  note_streams();
  [[maybe_unused]] static const bool found = (find_counted_functions(), true);
  [[maybe_unused]] static const int once = std::atexit(stop_exit_in_library);
}

}  // namespace heddle::interpose
