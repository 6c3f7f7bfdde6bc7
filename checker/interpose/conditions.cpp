// Condition variables and barriers of the system.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

using heddle::interpose::Family;

constexpr Family conditions{
    .used_by = "std::condition_variable",
    .remedy = "use rl::condition_variable with rl::mutex" HEDDLE_OR_STANDARD_NAMES};
constexpr Family barriers{.used_by = "", .remedy = "use rl::barrier"};

}  // namespace

HEDDLE_REFUSE(pthread_cond_init, conditions)
HEDDLE_REFUSE(pthread_cond_wait, conditions)
HEDDLE_REFUSE(pthread_cond_timedwait, conditions)
HEDDLE_REFUSE(pthread_cond_clockwait, conditions)
HEDDLE_REFUSE(pthread_cond_signal, conditions)
HEDDLE_REFUSE(pthread_cond_broadcast, conditions)
HEDDLE_REFUSE(cnd_init, conditions)
HEDDLE_REFUSE(cnd_wait, conditions)
HEDDLE_REFUSE(cnd_timedwait, conditions)
HEDDLE_REFUSE(cnd_signal, conditions)
HEDDLE_REFUSE(cnd_broadcast, conditions)

HEDDLE_REFUSE(pthread_barrier_init, barriers)
HEDDLE_REFUSE(pthread_barrier_wait, barriers)

namespace heddle::interpose {

void refuse_conditions() {}

}  // namespace heddle::interpose
