// example/spsc_queue/spsc_queue.cpp
#define main upstream_main
#include <example/spsc_queue/spsc_queue.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(nonblocking, nonblocking_spsc_queue_test),
    SUITE(blocking, spsc_queue_test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
