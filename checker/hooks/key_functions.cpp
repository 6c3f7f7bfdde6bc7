// Values of POSIX that each thread has for itself, with destructors.
#include <pthread.h>

#include <cerrno>

#include "checker/hooks/exported.hpp"
#include "checker/hooks/keys.hpp"
#include "checker/hooks/word.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::hooks {
namespace {

constexpr unsigned most_keys = 64;

/// Keys as data of the program's: whether one is in use, and its destructor.
struct Key {
  std::uint32_t used;
  std::uint32_t unused;
  void (*destructor)(void*);
};
alignas(4096) Key keys[most_keys];

std::uint64_t& value_of(unsigned key, const Caller& caller) {
  return sync::thread_value(&keys[key].unused, explored()->site_of(caller));
}

/// Whether the calling thread has set a value.
std::uint64_t& has_values(const Caller& caller) {
  return sync::thread_value(&keys[0], explored()->site_of(caller));
}

}  // namespace

std::span<std::byte> key_memory() { return {reinterpret_cast<std::byte*>(keys), sizeof keys}; }

void destroy_values(const Caller& caller) {
  if (has_values(caller) == 0) return;
  for (int round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; ++round) {
    bool any = false;
    for (unsigned key = 0; key < most_keys; ++key) {
      std::uint64_t& value = value_of(key, caller);
      if (value == 0) continue;
      void* const last = reinterpret_cast<void*>(value);
      value = 0;
      if (keys[key].destructor == nullptr) continue;
      any = true;
      keys[key].destructor(last);
    }
    if (!any) return;
  }
}

}  // namespace heddle::hooks

using namespace heddle::hooks;

HEDDLE_EXPORT int pthread_key_create(pthread_key_t* result, void (*destructor)(void*)) {
  const Caller caller = HEDDLE_CALLER;
  for (unsigned key = 0; key < most_keys; ++key) {
    if (explored() == nullptr) {
      if (keys[key].used != 0) continue;
      keys[key].used = 1;
    } else if (!Word(&keys[key].used, 4, caller)
                    .compare_exchange(0, 1, std::memory_order_relaxed)) {
      continue;
    }
    keys[key].destructor = destructor;
    if (explored() != nullptr) explored()->announce(result, sizeof *result, false, true, caller);
    *result = key;
    return 0;
  }
  return EAGAIN;
}

HEDDLE_EXPORT int pthread_key_delete(pthread_key_t key) {
  if (key >= most_keys) return EINVAL;
  if (explored() == nullptr) {
    keys[key].used = 0;
  } else {
    Word(&keys[key].used, 4, HEDDLE_CALLER).store(0, std::memory_order_relaxed);
  }
  return 0;
}

HEDDLE_EXPORT int pthread_setspecific(pthread_key_t key, const void* value) {
  if (key >= most_keys) return EINVAL;
  if (explored() == nullptr) return 0;
  const Caller caller = HEDDLE_CALLER;
  has_values(caller) = 1;
  value_of(key, caller) = reinterpret_cast<std::uint64_t>(value);
  return 0;
}

HEDDLE_EXPORT void* pthread_getspecific(pthread_key_t key) {
  if (key >= most_keys || explored() == nullptr) return nullptr;
  return reinterpret_cast<void*>(value_of(key, HEDDLE_CALLER));
}
