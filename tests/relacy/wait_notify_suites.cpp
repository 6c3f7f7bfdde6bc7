// test/atomic_wait_notify.cpp
#define main upstream_main
#include <test/atomic_wait_notify.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(wait_notify_basic, test_atomic_wait_notify_basic),
    SUITE(notify_one_insufficient, test_atomic_notify_one_insufficient),
    SUITE(notify_all, test_atomic_notify_all),
    SUITE(wait_no_block, test_atomic_wait_no_block),
    SUITE(wait_notify_cycles, test_atomic_wait_notify_cycles),
    SUITE(notify_no_waiters, test_atomic_notify_no_waiters),
    SUITE(wait_memory_order, test_atomic_wait_memory_order),
    SUITE(racing_notifiers, test_atomic_racing_notifiers),
    SUITE(wait_race, test_atomic_wait_race),
    SUITE(forgot_notify, test_atomic_forgot_notify),
    SUITE(notify_before_store, test_atomic_notify_before_store),
    SUITE(wait_wrong_value, test_atomic_wait_wrong_value),
    SUITE(circular_wait, test_atomic_circular_wait),
    SUITE(notify_all_insufficient, test_atomic_notify_all_insufficient),
    SUITE(multiple_notify_one, test_atomic_multiple_notify_one),
    SUITE(double_wait, test_atomic_double_wait),
    SUITE(notify_all_empty, test_atomic_notify_all_empty),
    SUITE(three_threads_in_chain, test_atomic_three_threads_in_chain),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
