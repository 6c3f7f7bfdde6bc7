// example/stack/stack.cpp
#define main upstream_main
#include <example/stack/stack.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    DIFFERS(stack, data_race, "threads add to plain members without order", stack_test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
