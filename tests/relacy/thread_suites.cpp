// test/cxx11_thread.cpp
#define main upstream_main
#include <test/cxx11_thread.cpp>
#undef main
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(thread, cxx11_thread_tests),
    DIFFERS(thread_basic_ops, terminated,
            "destroys a thread that is not joined: std::terminate, [thread.thread.destr]",
            cxx11_thread_basic_ops_test),
    SUITE(thread_variadic_args, thread_variadic_args),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
