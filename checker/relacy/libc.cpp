// Random numbers of the C library, which would differ from execution to execution. The program's
// calls come here, since this is linked ahead of the library.
#include <dlfcn.h>
#include <stdlib.h>

#include <cstdint>

#include "checker/api/thread.hpp"
#include "checker/sync/thread_value.hpp"

namespace {

using heddle::api::current_engine;

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

int rand() noexcept { return random_of<int>("rand"); }
long random() noexcept { return random_of<long>("random"); }
}
