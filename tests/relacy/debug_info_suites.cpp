// test/defaulted_debug_info.cpp
#define main upstream_main
#include <test/defaulted_debug_info.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(defaulted_debug_info, defaulted_debug_info_test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
