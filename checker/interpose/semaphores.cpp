// Semaphores of the system. std::counting_semaphore makes system calls instead.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

constexpr heddle::interpose::Family semaphores{.used_by = "",
                                               .remedy = "use rl::counting_semaphore"};

}  // namespace

HEDDLE_REFUSE(sem_init, semaphores)
HEDDLE_REFUSE(sem_open, semaphores)
HEDDLE_REFUSE(sem_wait, semaphores)
HEDDLE_REFUSE(sem_trywait, semaphores)
HEDDLE_REFUSE(sem_timedwait, semaphores)
HEDDLE_REFUSE(sem_clockwait, semaphores)
HEDDLE_REFUSE(sem_post, semaphores)
HEDDLE_REFUSE(semop, semaphores)
HEDDLE_REFUSE(semtimedop, semaphores)

namespace heddle::interpose {

void refuse_semaphores() {}

}  // namespace heddle::interpose
