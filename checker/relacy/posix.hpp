// POSIX threads for tests: what the names in <relacy/pthread.h> stand for.
#pragma once

#include <cerrno>
#include <ctime>

#include "checker/relacy/assert.hpp"
#include "checker/relacy/posix_sync.hpp"
#include "checker/sync/thread.hpp"

namespace rl {

inline void rl_sched_yield(debug_info /*info*/) {}

/// The number of a thread.
using rl_pthread_t = std::uint32_t;
using rl_pthread_attr_t = void*;

int rl_pthread_create(rl_pthread_t* thread, const rl_pthread_attr_t* attributes,
                      void* (*function)(void*), void* argument, debug_info info);
/// `result` may be null.
int rl_pthread_join(rl_pthread_t thread, void** result, debug_info info);
inline int rl_pthread_detach(rl_pthread_t /*thread*/, debug_info /*info*/) { return 0; }
inline rl_pthread_t rl_pthread_self() { return heddle::api::thread_index(); }
inline int rl_pthread_equal(rl_pthread_t a, rl_pthread_t b) { return a == b ? 1 : 0; }

/// A key stands for one value per thread.
struct rl_pthread_key_t {
  const void* id;
  void (*destructor)(void*);
};
int rl_pthread_key_create(rl_pthread_key_t* key, void (*destructor)(void*), debug_info info);
inline int rl_pthread_key_delete(rl_pthread_key_t /*key*/, debug_info /*info*/) { return 0; }
int rl_pthread_setspecific(rl_pthread_key_t key, const void* value, debug_info info);
void* rl_pthread_getspecific(rl_pthread_key_t key, debug_info info);

using rl_pthread_once_t = heddle::sync::once_flag;
int rl_pthread_once(rl_pthread_once_t* once, void (*function)(), debug_info info);

}  // namespace rl
