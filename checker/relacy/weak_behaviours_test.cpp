// What Relacy's full search misses, because it keeps three stores, one order of stores and no stale
// failures: each is reached here.
#include <gtest/gtest.h>

#include <sstream>

#include "checker/relacy/relacy.hpp"
#include "checker/relacy/simulate.hpp"

namespace {

template <typename Suite>
bool reached(const char* model = "cpp20") {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  params.model = model;
  return rl::simulate<Suite>(params);
}

constexpr auto until = rl::test_result_until_condition_hit;

/// The fourth store was seen through another variable, yet the first value is read.
struct reads_three_stores_back : rl::test_suite<reads_three_stores_back, 2, until> {
  rl::atomic<int> x, y;
  void thread(unsigned index) {
    if (index == 0) {
      for (int i = 1; i <= 4; ++i) x.store(i, rl::mo_relaxed);
      y.store(1, rl::mo_relaxed);
    } else if (y.load(rl::mo_relaxed) == 1) {
      RL_UNTIL(x.load(rl::mo_relaxed) == 1);
    }
  }
};

/// 2+2W: each thread's second store comes ahead of the other's first one.
struct two_plus_two_writes : rl::test_suite<two_plus_two_writes, 2, until> {
  rl::atomic<int> x, y;
  void thread(unsigned index) {
    (index == 0 ? x : y).store(1, rl::mo_relaxed);
    (index == 0 ? y : x).store(2, rl::mo_relaxed);
  }
  void after() { RL_UNTIL(x.load() == 1 && y.load() == 1); }
};

/// A compare_exchange that fails need not read the newest value.
struct fails_on_a_stale_value : rl::test_suite<fails_on_a_stale_value, 2, until> {
  rl::atomic<int> x, y;
  void thread(unsigned index) {
    if (index == 0) {
      x.store(1, rl::mo_relaxed);
      x.store(2, rl::mo_relaxed);
      y.store(1, rl::mo_relaxed);
    } else if (y.load(rl::mo_relaxed) == 1) {
      int expected = 2;
      if (!x.compare_exchange_strong(expected, 3, rl::mo_relaxed)) RL_UNTIL(expected == 0);
    }
  }
};

/// x = 1; x = 2; y = 1 is seen as y == 1 and x == 0.
struct sees_the_last_store_first : rl::test_suite<sees_the_last_store_first, 2, until> {
  rl::atomic<int> x, y;
  void thread(unsigned index) {
    if (index == 0) {
      x.store(1, rl::mo_relaxed);
      x.store(2, rl::mo_relaxed);
      y.store(1, rl::mo_relaxed);
    } else if (y.load(rl::mo_relaxed) == 1) {
      RL_UNTIL(x.load(rl::mo_relaxed) == 0);
    }
  }
};

TEST(WeakBehaviours, OldStoresAreRead) {
  EXPECT_TRUE(reached<reads_three_stores_back>());
  EXPECT_FALSE(reached<reads_three_stores_back>("sc"));
}

TEST(WeakBehaviours, StoresHaveEveryOrder) {
  EXPECT_TRUE(reached<two_plus_two_writes>());
  EXPECT_FALSE(reached<two_plus_two_writes>("sc"));
}

TEST(WeakBehaviours, FailuresReadOldValues) {
  EXPECT_TRUE(reached<fails_on_a_stale_value>());
  EXPECT_FALSE(reached<fails_on_a_stale_value>("sc"));
}

TEST(WeakBehaviours, StoresOvertakeEachOther) {
  EXPECT_TRUE(reached<sees_the_last_store_first>());
  EXPECT_FALSE(reached<sees_the_last_store_first>("sc"));
}

}  // namespace
