// What test/main.cpp drives: memory orders, fences, races, threads, livelocks.
#include <test/memory_order.hpp>
//
#include <test/addr_hash.hpp>
#include <test/compare_swap.hpp>
#include <test/data_race.hpp>
#include <test/dyn_thread.hpp>
#include <test/fence.hpp>
#include <test/memory.hpp>
#include <test/scheduler.hpp>
#include <test/thread_local.hpp>
//
#include "tests/relacy/suites.hpp"

namespace {

const Row rows[] = {
    SUITE(addr_hash, test_addr_hash),
    SUITE(addr_hash2, test_addr_hash2),
    SUITE(memory_allocation, test_memory_allocation),
    SUITE(coherent_read_read, coherent_read_read_test),
    SUITE(order_relaxed_0, order_relaxed_test<0>),
    SUITE(order_relaxed_1, order_relaxed_test<1>),
    SUITE(order_relaxed_2, order_relaxed_test<2>),
    SUITE(order_relaxed_3, order_relaxed_test<3>),
    SUITE(order_relaxed_4, order_relaxed_test<4>),
    SUITE(reorder_single_var, reorder_single_var_test),
    SUITE(acq_rel, acq_rel_test),
    DIFFERS(seq_cst_0, data_race, "two threads add to an int without order: a data race",
            seq_cst_test<0>),
    DIFFERS(seq_cst_1, data_race, "two threads add to an int without order: a data race",
            seq_cst_test<1>),
    SUITE(reordering, reordering_test),
    SUITE(reordering2, reordering_test2),
    DIFFERS(modification_order, data_race,
            "since C++20 a relaxed store ends a release sequence: P0982", modification_order_test),
    SUITE(transitive, transitive_test),
    SUITE(cc_transitive, cc_transitive_test),
    SUITE(occasional, occasional_test),
    SUITE(fence_synch_0_0, fence_synch_test<0, 0>),
    SUITE(fence_synch_1_0, fence_synch_test<1, 0>),
    SUITE(fence_synch_2_0, fence_synch_test<2, 0>),
    SUITE(fence_synch_0_1, fence_synch_test<0, 1>),
    SUITE(fence_synch_1_1, fence_synch_test<1, 1>),
    SUITE(fence_synch_2_1, fence_synch_test<2, 1>),
    SUITE(two_fence_synch, two_fence_synch_test),
    SUITE(seq_cst_fence_0, seq_cst_fence_test<0>),
    SUITE(seq_cst_fence_1, seq_cst_fence_test<1>),
    SUITE(race_ld_ld, race_ld_ld_test),
    SUITE(race_ld_st, race_ld_st_test),
    SUITE(race_st_st, race_st_st_test),
    SUITE(race_seq_ld_ld, race_seq_ld_ld_test),
    SUITE(race_seq_ld_st, race_seq_ld_st_test),
    SUITE(race_seq_st_ld, race_seq_st_ld_test),
    SUITE(race_seq_st_st, race_seq_st_st_test),
    DIFFERS(race_uninit, success, "since C++20 atomics are initialised; main.cpp leaves it out",
            race_uninit_test),
    SUITE(race_indirect, race_indirect_test),
    SUITE(cas_spurious_fail_0, cas_spurious_fail_test<0>),
    SUITE(cas_spurious_fail_1, cas_spurious_fail_test<1>),
    SUITE(cas_spurious_fail_2, cas_spurious_fail_test<2>),
    SUITE(tls_basic, tls_basic_test),
    SUITE(tls_basic2, tls_basic_test2),
    SUITE(tls_reset, tls_reset_test),
    SUITE(tls_global, tls_global_test),
    SUITE(tls_win32, tls_win32_test),
    SUITE(dyn_thread_basic, dyn_thread_basic_test),
    SUITE(dyn_thread_win32, dyn_thread_win32_test),
    SUITE(dyn_thread_visibility, dyn_thread_visibility_test),
    DIFFERS(livelock, success, "a store becomes visible in finite time: [intro.progress]",
            livelock_test),
    SUITE(yield_livelock, yield_livelock_test),
};

}  // namespace

int main(int argc, char** argv) { return run_rows(rows, argc, argv); }
