// test/stdmutex.cpp
#define main upstream_main
#include <test/stdmutex.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(unique_lock_basic, unique_lock_basic),
    SUITE(scoped_lock_basic, scoped_lock_basic),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
