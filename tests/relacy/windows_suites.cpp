// What test/main.cpp drives: Windows. Its fences have a program of their own.
#include <test/event.hpp>
//
#include <test/semaphore.hpp>
#include <test/wfmo.hpp>
#include <test/windows.hpp>
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(win_thread, test_win_thread),
    SUITE(win_mutex, test_win_mutex),
    SUITE(win_cs, test_win_cs),
    SUITE(win_condvar, test_win_condvar),
    SUITE(win_condvar_srw, test_win_condvar_srw),
    SUITE(win_sem, test_win_sem),
    DIFFERS(win_event, deadlock,
            "PulseEvent() leaves an event reset, also one that was set: the documentation",
            test_win_event),
    SUITE(semaphore, test_semaphore),
    SUITE(semaphore_atomic, test_semaphore_atomic),
    SUITE(event_auto, test_event_auto),
    SUITE(event_manual, test_event_manual),
    SUITE(event_atomic, test_event_atomic),
    SUITE(wfmo_all, test_wfmo_all),
    SUITE(wfmo_single, test_wfmo_single),
    SUITE(wfmo_timeout, test_wfmo_timeout),
    SUITE(wfmo_try, test_wfmo_try),
    SUITE(wfmo_mixed, test_wfmo_mixed),
    SUITE(wfmo_mixed2, test_wfmo_mixed2),
    SUITE(wfmo_event_all, test_wfmo_event_all),
    SUITE(wfmo_event_any, test_wfmo_event_any),
    SUITE(wfmo_atomic, test_wfmo_atomic),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
