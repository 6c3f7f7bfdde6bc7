// RL_FORCE_SEQ_CST: the names memory_order_* all mean seq_cst.
#include <gtest/gtest.h>
//
#define RL_FORCE_SEQ_CST
#include <relacy/relacy.hpp>

namespace {

struct store_buffering : rl::test_suite<store_buffering, 2> {
  rl::atomic<int> x, y;
  rl::var<int> seen[2];
  void thread(unsigned index) {
    (index == 0 ? x : y).store(1, rl::memory_order_relaxed);
    VAR(seen[index]) = (index == 0 ? y : x).load(rl::memory_order_relaxed);
  }
  void after() { RL_ASSERT(VAR(seen[0]) == 1 || VAR(seen[1]) == 1); }
};

TEST(ForceSeqCst, TurnsEveryOrder) {
  rl::test_params params;
  std::ostringstream out;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  EXPECT_TRUE(rl::simulate<store_buffering>(params)) << out.str();
  EXPECT_TRUE(params.exhaustive);
}

}  // namespace
