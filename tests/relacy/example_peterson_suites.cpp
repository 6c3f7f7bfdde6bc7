// example/peterson/peterson.cpp
#define main upstream_main
#include <example/peterson/peterson.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(mutex, peterson_mutex_test),
    SUITE(mutex2, peterson_mutex_test2),
    SUITE(mutex3, peterson_mutex_test3),
    DIFFERS(mutex4, data_race, "as its comment says", peterson_mutex_test4),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
