// What test/main.cpp drives: fences of the whole system. Apart from what else test/windows.hpp has,
// since in a program that calls them, the threads of all suites look for them.
#include <test/windows.hpp>
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(flush_process_write_buffers, test_FlushProcessWriteBuffers),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
