// test/atomic_flag.cpp
#define main upstream_main
#include <test/atomic_flag.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(race_set, test_atomic_flag_race_set),
    SUITE(spinlock, test_atomic_flag_spinlock),
    SUITE(memory_order, test_atomic_flag_memory_order),
    SUITE(wait_notify, test_atomic_flag_wait_notify),
    SUITE(wait_on_new_value, test_atomic_wait_on_new_value),
    SUITE(notify_before_set, test_atomic_flag_notify_before_set),
    SUITE(circular_wait, test_atomic_flag_circular_wait),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
