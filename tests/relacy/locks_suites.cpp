// What test/main.cpp drives: locks, condition variables, pthreads, futex.
#include <test/mutex.hpp>
//
#include <test/condvar.hpp>
#include <test/futex.hpp>
#include <test/pthread.hpp>
#include <test/scheduler.hpp>
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(pthread_thread, test_pthread_thread),
    SUITE(pthread_mutex, test_pthread_mutex),
    SUITE(pthread_rwlock, test_pthread_rwlock),
    SUITE(pthread_condvar, test_pthread_condvar),
    SUITE(pthread_condvar2, test_pthread_condvar2),
    SUITE(pthread_sem, test_pthread_sem),
    SUITE(deadlock, test_deadlock),
    SUITE(deadlock2, test_deadlock2),
    SUITE(mutex_destuction, test_mutex_destuction),
    SUITE(mutex_destuction2, test_mutex_destuction2),
    SUITE(mutex_recursion, test_mutex_recursion),
    SUITE(mutex_recursion_error, test_mutex_recursion_error),
    SUITE(mutex_unlock_error, test_mutex_unlock_error),
    SUITE(mutex_leak, test_mutex_leak),
    SUITE(mutex, test_mutex),
    SUITE(mutex_try_lock, test_mutex_try_lock),
    SUITE(futex, test_futex),
    SUITE(futex_deadlock, test_futex_deadlock),
    SUITE(futex_sync1, test_futex_sync1),
    SUITE(futex_sync2, test_futex_sync2),
    SUITE(futex_intr, test_futex_intr),
    SUITE(condvar, test_condvar),
    SUITE(condvar_wait_pred, test_condvar_wait_pred),
    SUITE(condvar2, test_condvar2),
    SUITE(sched_load, sched_load_test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
