// Macros that turn the names of <pthread.h>, <semaphore.h> and futex into ours.
#pragma once

// The system's headers first: behind the macros they would not compile.
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

#include "checker/relacy/futex.hpp"
#include "checker/relacy/posix.hpp"

#undef errno
#define errno (rl::get_errno())

#define sched_yield() rl::rl_sched_yield($)
#define pthread_yield() rl::rl_sched_yield($)

#define pthread_t rl::rl_pthread_t
#define pthread_attr_t rl::rl_pthread_attr_t
#define pthread_create(...) rl::rl_pthread_create(__VA_ARGS__, $)
#define pthread_join(...) rl::rl_pthread_join(__VA_ARGS__, $)
#define pthread_detach(...) rl::rl_pthread_detach(__VA_ARGS__, $)
#define pthread_self() rl::rl_pthread_self()
#define pthread_equal(...) rl::rl_pthread_equal(__VA_ARGS__)

#define pthread_key_t rl::rl_pthread_key_t
#define pthread_key_create(...) rl::rl_pthread_key_create(__VA_ARGS__, $)
#define pthread_key_delete(...) rl::rl_pthread_key_delete(__VA_ARGS__, $)
#define pthread_setspecific(...) rl::rl_pthread_setspecific(__VA_ARGS__, $)
#define pthread_getspecific(...) rl::rl_pthread_getspecific(__VA_ARGS__, $)

#define pthread_once_t rl::rl_pthread_once_t
#undef PTHREAD_ONCE_INIT
#define PTHREAD_ONCE_INIT \
  {}
#define pthread_once(...) rl::rl_pthread_once(__VA_ARGS__, $)

#define sem_t rl::rl_sem_t
#define sem_init(...) rl::rl_sem_init(__VA_ARGS__, $)
#define sem_destroy(...) rl::rl_sem_destroy(__VA_ARGS__, $)
#define sem_wait(...) rl::rl_sem_wait(__VA_ARGS__, $)
#define sem_trywait(...) rl::rl_sem_trywait(__VA_ARGS__, $)
#define sem_timedwait(...) rl::rl_sem_timedwait(__VA_ARGS__, $)
#define sem_post(...) rl::rl_sem_post(__VA_ARGS__, $)
#define sem_getvalue(...) rl::rl_sem_getvalue(__VA_ARGS__, $)

#undef PTHREAD_MUTEX_NORMAL
#undef PTHREAD_MUTEX_ERRORCHECK
#undef PTHREAD_MUTEX_RECURSIVE
#undef PTHREAD_MUTEX_DEFAULT
#define PTHREAD_MUTEX_NORMAL rl::RL_PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_ERRORCHECK rl::RL_PTHREAD_MUTEX_ERRORCHECK
#define PTHREAD_MUTEX_RECURSIVE rl::RL_PTHREAD_MUTEX_RECURSIVE
#define PTHREAD_MUTEX_DEFAULT rl::RL_PTHREAD_MUTEX_DEFAULT
#undef PTHREAD_MUTEX_INITIALIZER
#undef PTHREAD_RWLOCK_INITIALIZER
#undef PTHREAD_COND_INITIALIZER
#define PTHREAD_MUTEX_INITIALIZER rl::rl_pthread_mutex_t::statically
#define PTHREAD_RWLOCK_INITIALIZER rl::rl_pthread_rwlock_t::statically
#define PTHREAD_COND_INITIALIZER rl::rl_pthread_mutex_t::statically

#define pthread_mutexattr_t rl::rl_pthread_mutexattr_t
#define pthread_mutexattr_init(...) rl::rl_pthread_mutexattr_init(__VA_ARGS__, $)
#define pthread_mutexattr_destroy(...) rl::rl_pthread_mutexattr_destroy(__VA_ARGS__, $)
#define pthread_mutexattr_settype(...) rl::rl_pthread_mutexattr_settype(__VA_ARGS__, $)

#define pthread_mutex_t rl::rl_pthread_mutex_t
#define pthread_mutex_init(...) rl::rl_pthread_mutex_init(__VA_ARGS__, $)
#define pthread_mutex_destroy(...) rl::rl_pthread_mutex_destroy(__VA_ARGS__, $)
#define pthread_mutex_lock(...) rl::rl_pthread_mutex_lock(__VA_ARGS__, $)
#define pthread_mutex_timedlock(...) rl::rl_pthread_mutex_timedlock(__VA_ARGS__, $)
#define pthread_mutex_trylock(...) rl::rl_pthread_mutex_try_lock(__VA_ARGS__, $)
#define pthread_mutex_try_lock(...) rl::rl_pthread_mutex_try_lock(__VA_ARGS__, $)
#define pthread_mutex_unlock(...) rl::rl_pthread_mutex_unlock(__VA_ARGS__, $)

#define pthread_rwlock_t rl::rl_pthread_rwlock_t
#define pthread_rwlock_init(...) rl::rl_pthread_rwlock_init(__VA_ARGS__, $)
#define pthread_rwlock_destroy(...) rl::rl_pthread_rwlock_destroy(__VA_ARGS__, $)
#define pthread_rwlock_rdlock(...) rl::rl_pthread_rwlock_rdlock(__VA_ARGS__, $)
#define pthread_rwlock_tryrdlock(...) rl::rl_pthread_rwlock_tryrdlock(__VA_ARGS__, $)
#define pthread_rwlock_timedrdlock(...) rl::rl_pthread_rwlock_timedrdlock(__VA_ARGS__, $)
#define pthread_rwlock_wrlock(...) rl::rl_pthread_rwlock_wrlock(__VA_ARGS__, $)
#define pthread_rwlock_trywrlock(...) rl::rl_pthread_rwlock_trywrlock(__VA_ARGS__, $)
#define pthread_rwlock_timedwrlock(...) rl::rl_pthread_rwlock_timedwrlock(__VA_ARGS__, $)
#define pthread_rwlock_unlock(...) rl::rl_pthread_rwlock_unlock(__VA_ARGS__, $)

#define pthread_spinlock_t rl::rl_pthread_spinlock_t
#define pthread_spin_init(...) rl::rl_pthread_spin_init(__VA_ARGS__, $)
#define pthread_spin_destroy(...) rl::rl_pthread_spin_destroy(__VA_ARGS__, $)
#define pthread_spin_lock(...) rl::rl_pthread_spin_lock(__VA_ARGS__, $)
#define pthread_spin_trylock(...) rl::rl_pthread_spin_trylock(__VA_ARGS__, $)
#define pthread_spin_unlock(...) rl::rl_pthread_spin_unlock(__VA_ARGS__, $)

#define pthread_cond_t rl::rl_pthread_cond_t
#define pthread_condattr_t rl::rl_pthread_condattr_t
#define pthread_cond_init(...) rl::rl_pthread_cond_init(__VA_ARGS__, $)
#define pthread_cond_destroy(...) rl::rl_pthread_cond_destroy(__VA_ARGS__, $)
#define pthread_cond_broadcast(...) rl::rl_pthread_cond_broadcast(__VA_ARGS__, $)
#define pthread_cond_signal(...) rl::rl_pthread_cond_signal(__VA_ARGS__, $)
#define pthread_cond_wait(...) rl::rl_pthread_cond_wait(__VA_ARGS__, $)
#define pthread_cond_timedwait(...) rl::rl_pthread_cond_timedwait(__VA_ARGS__, $)

#define pthread_barrier_t rl::rl_pthread_barrier_t
#undef PTHREAD_BARRIER_SERIAL_THREAD
#define PTHREAD_BARRIER_SERIAL_THREAD rl::RL_PTHREAD_BARRIER_SERIAL_THREAD
#define pthread_barrier_init(...) rl::rl_pthread_barrier_init(__VA_ARGS__, $)
#define pthread_barrier_destroy(...) rl::rl_pthread_barrier_destroy(__VA_ARGS__, $)
#define pthread_barrier_wait(...) rl::rl_pthread_barrier_wait(__VA_ARGS__, $)

#undef FUTEX_WAIT
#undef FUTEX_WAKE
#define FUTEX_WAIT rl::RL_FUTEX_WAIT
#define FUTEX_WAKE rl::RL_FUTEX_WAKE
#define futex(...) rl::rl_futex(__VA_ARGS__, $)

// What is not there must not reach the system.
#define pthread_exit(...) heddle_has_no_pthread_exit
#define pthread_cancel(...) heddle_has_no_pthread_cancel
#define pthread_testcancel(...) heddle_has_no_pthread_testcancel
#define pthread_setcancelstate(...) heddle_has_no_pthread_setcancelstate
#define pthread_kill(...) heddle_has_no_pthread_kill
#define pthread_atfork(...) heddle_has_no_pthread_atfork
#define sem_open(...) heddle_has_no_sem_open
