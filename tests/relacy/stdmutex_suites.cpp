// test/stdmutex.cpp
#define main upstream_main
#include <test/stdmutex.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    DIFFERS(unique_lock_basic, unmodelled_memory,
            "threads add to a plain member under a lock: a limit of ours", unique_lock_basic),
    DIFFERS(scoped_lock_basic, unmodelled_memory,
            "threads add to a plain member under a lock: a limit of ours", scoped_lock_basic),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
