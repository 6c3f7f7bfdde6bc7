// Store buffering: each thread writes one variable and then reads the other's.
//
// Without fences both may read 0, because a write may still be on its way while the next read is
// done; x86 does that, too. With a seq_cst fence (smp_mb() in the kernel) between the two, one of
// the threads sees the other's write. Under the model sc fences=0 holds, too.
#include <heddle/scenario.hpp>

namespace {

struct suite : rl::test_suite<suite, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  rl::var<int> seen[2];

  void before() {
    heddle::api::name(x, "x");
    heddle::api::name(y, "y");
    heddle::api::name(seen[0], "seen by thread 0");
    heddle::api::name(seen[1], "seen by thread 1");
  }

  void thread(unsigned i) {
    rl::atomic<int>& mine = i == 0 ? x : y;
    rl::atomic<int>& other = i == 0 ? y : x;
    mine($).store(1, rl::mo_relaxed);
    if (heddle::api::parameter("fences") != 0) rl::atomic_thread_fence(rl::mo_seq_cst);
    VAR(seen[i]) = other($).load(rl::mo_relaxed);
  }

  void after() { RL_ASSERT(VAR(seen[0]) == 1 || VAR(seen[1]) == 1); }
};

}  // namespace

HEDDLE_SCENARIO(.name = "store_buffering",
                .summary = "two threads write one variable each and read the other's",
                .parameters = {{"fences", 1, 0, 1, "whether a fence stands between the two"}},
                .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 3},
                                 {.settings = {{"fences", 0}},
                                  .models = {"sc"},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 3},
                                 {.settings = {{"fences", 0}},
                                  .models = {"tso", "ra", "rc11", "cpp20"},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 3}},
                .body = rl::run<suite>);
