// test/iriw.cpp
#define main upstream_main
#include <test/iriw.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(iriw, test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
