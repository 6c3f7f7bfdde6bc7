// test/new_delete.cpp
#define main upstream_main
#include <test/new_delete.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(new_delete, new_delete_tests),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
