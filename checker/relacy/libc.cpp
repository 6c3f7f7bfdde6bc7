// What a test calls of the C library and must not: the calls that end the whole program, and random
// numbers that differ from execution to execution. The program's calls come here, since this is
// linked ahead of the library.
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdint>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/sync/thread_value.hpp"

namespace {

using heddle::api::current_engine;

/// Reports the call where a test makes it.
void refuse_in_test(const char* call) {
  if (current_engine == nullptr) return;
  heddle::api::fail(heddle::api::Failure::terminated, call);
  heddle::api::misuse(call);  // an invariant comes back
}

/// Goes on with the C library's own function.
[[noreturn]] void end_program(const char* name, int status) {
  using Ending = void (*)(int);
  if (const auto library = reinterpret_cast<Ending>(dlsym(RTLD_NEXT, name))) library(status);
  abort();
}

/// A thread's own sequence, the same in every execution.
unsigned next_random() {
  static const char key = 0;
  std::uint64_t& calls = heddle::sync::thread_value(&key);
  std::uint64_t bits = (++calls << 8 | heddle::api::thread_index()) * 0x9e37'79b9'7f4a'7c15;
  bits = (bits ^ bits >> 31) * 0xbf58'476d'1ce4'e5b9;
  return static_cast<unsigned>(bits >> 33);
}

template <typename Number>
Number random_of(const char* name) {
  if (current_engine != nullptr) return static_cast<Number>(next_random());
  return reinterpret_cast<Number (*)()>(dlsym(RTLD_NEXT, name))();
}

}  // namespace

extern "C" {

void exit(int status) noexcept {
  refuse_in_test("exit() is called: it ends the program, whatever other threads do");
  end_program("exit", status);
}
void _exit(int status) {
  refuse_in_test("_exit() is called: it ends the program, whatever other threads do");
  end_program("_exit", status);
}
void _Exit(int status) noexcept {
  refuse_in_test("_Exit() is called: it ends the program, whatever other threads do");
  end_program("_Exit", status);
}
void quick_exit(int status) noexcept {
  refuse_in_test("quick_exit() is called: it ends the program, whatever other threads do");
  end_program("quick_exit", status);
}

int rand() noexcept { return random_of<int>("rand"); }
long random() noexcept { return random_of<long>("random"); }
}
