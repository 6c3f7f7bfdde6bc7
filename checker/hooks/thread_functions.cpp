// Threads of POSIX, which are those of the standard libraries as well.
#include <pthread.h>
#include <sched.h>

#include <cerrno>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/hooks/exported.hpp"
#include "checker/hooks/keys.hpp"

namespace {

using heddle::api::OpKind;
using heddle::hooks::explored;
using heddle::runtime::Caller;

const heddle::api::Site& site_of(const Caller& caller) { return explored()->site_of(caller); }

/// Ends the thread with a result for who joins it.
[[noreturn]] void end_thread(void* result) {
  explored()->call_exit_functions();
  heddle::hooks::destroy_values({});
  heddle::api::perform(
      {.kind = OpKind::finish, .operand = reinterpret_cast<std::uint64_t>(result)});
  __builtin_unreachable();
}

}  // namespace

HEDDLE_EXPORT int pthread_create(pthread_t* thread, const pthread_attr_t* /*attributes*/,
                                 void* (*function)(void*), void* argument) {
  const Caller caller = HEDDLE_CALLER;
  const auto body = [function, argument] { end_thread(function(argument)); };
  const pthread_t number = heddle::api::spawn(body, site_of(caller));
  explored()->announce(thread, sizeof(*thread), false, true, caller);
  *thread = number;
  return 0;
}

HEDDLE_EXPORT int pthread_join(pthread_t thread, void** result) {
  const Caller caller = HEDDLE_CALLER;
  const auto reply =
      heddle::api::perform({.kind = OpKind::join, .operand = thread, .site = site_of(caller)});
  if (result != nullptr) {
    explored()->announce(result, sizeof(*result), false, true, caller);
    *result = reinterpret_cast<void*>(reply.value);
  }
  return 0;
}

HEDDLE_EXPORT int pthread_detach(pthread_t /*thread*/) { return 0; }

HEDDLE_EXPORT [[noreturn]] void pthread_exit(void* result) { end_thread(result); }

HEDDLE_EXPORT pthread_t pthread_self() {
  if (explored() == nullptr) return 0;
  return heddle::api::thread_index();
}

HEDDLE_EXPORT int sched_yield() { return 0; }
