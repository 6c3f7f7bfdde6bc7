// test/iriw.cpp
#define main upstream_main
#include <test/iriw.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    DIFFERS(iriw, unmodelled_memory,
            "threads write plain members that after() reads: a limit of ours", test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
