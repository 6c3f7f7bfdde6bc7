// test/atomic.cpp
#define main upstream_main
#include <test/atomic.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(atomic_init, atomic_init_test),
    SUITE(atomic_use_after_scope, atomic_use_after_scope_detected),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
