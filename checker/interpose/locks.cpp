// Locks of the system: whoever waits for one would stop the checker, and what they order would be
// unknown.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

using heddle::interpose::Family;

constexpr Family mutexes{
    .used_by = "std::mutex and its kin",
    .remedy = "use rl::mutex, rl::recursive_mutex or heddle::api::mutex" HEDDLE_OR_STANDARD_NAMES};
constexpr Family shared_locks{.used_by = "std::shared_mutex and std::shared_timed_mutex",
                              .remedy = "use rl::shared_mutex" HEDDLE_OR_STANDARD_NAMES};
constexpr Family spin_locks{.used_by = "", .remedy = "use rl::mutex"};

heddle::interpose::Function* unless_unwinding(const char* function, const void* caller) {
  if (heddle::interpose::in_scenario() &&
      heddle::interpose::in_library_of("_Unwind_RaiseException", caller)) {
    return heddle::interpose::find_real(function);
  }
  return heddle::interpose::real_or_refuse(function, mutexes);
}

}  // namespace

HEDDLE_REFUSE(pthread_mutex_init, mutexes)
HEDDLE_REFUSE(pthread_mutex_trylock, mutexes)
HEDDLE_REFUSE(pthread_mutex_timedlock, mutexes)
HEDDLE_REFUSE(pthread_mutex_clocklock, mutexes)

// What finds the handlers of an exception holds a lock of its own meanwhile.
HEDDLE_INTERPOSE(pthread_mutex_lock) {
  return unless_unwinding("pthread_mutex_lock", __builtin_return_address(0))(a, b, c, d, e, f, g,
                                                                             h);
}
HEDDLE_INTERPOSE(pthread_mutex_unlock) {
  return unless_unwinding("pthread_mutex_unlock", __builtin_return_address(0))(a, b, c, d, e, f, g,
                                                                               h);
}

HEDDLE_REFUSE(mtx_init, mutexes)
HEDDLE_REFUSE(mtx_lock, mutexes)
HEDDLE_REFUSE(mtx_trylock, mutexes)
HEDDLE_REFUSE(mtx_timedlock, mutexes)
HEDDLE_REFUSE(mtx_unlock, mutexes)

HEDDLE_REFUSE(pthread_rwlock_init, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_rdlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_tryrdlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_timedrdlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_clockrdlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_wrlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_trywrlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_timedwrlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_clockwrlock, shared_locks)
HEDDLE_REFUSE(pthread_rwlock_unlock, shared_locks)

HEDDLE_REFUSE(pthread_spin_init, spin_locks)
HEDDLE_REFUSE(pthread_spin_lock, spin_locks)
HEDDLE_REFUSE(pthread_spin_trylock, spin_locks)
HEDDLE_REFUSE(pthread_spin_unlock, spin_locks)

namespace heddle::interpose {

void refuse_locks() {}

}  // namespace heddle::interpose
