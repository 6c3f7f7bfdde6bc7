// rl::systemwide_fence(). Not beside the other tests of checker/relacy: in a program that calls it,
// the threads of all suites look for such fences.
#include <gtest/gtest.h>

#include <sstream>

#include "checker/relacy/relacy.hpp"
#include "checker/relacy/simulate.hpp"

namespace {

template <typename Suite>
rl::test_result_e result_of_suite() {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  rl::simulate<Suite>(params);
  return params.test_result;
}

/// Store buffering: one thread fences for both.
template <bool fenced>
struct asymmetric_fence : rl::test_suite<asymmetric_fence<fenced>, 2> {
  rl::atomic<int> x{0}, y{0};
  rl::var<int> seen{1};
  void thread(unsigned index) {
    if (index == 0) {
      x.store(1, rl::mo_relaxed);
      if (fenced) rl::systemwide_fence($);
      if (y.load(rl::mo_relaxed) == 0) seen($) = 0;
    } else {
      y.store(1, rl::mo_relaxed);
      if (x.load(rl::mo_relaxed) == 0) seen($) = 0;
    }
  }
};

TEST(SystemwideFence, IsOneForAllThreads) {
  EXPECT_EQ(result_of_suite<asymmetric_fence<true>>(), rl::test_result_success);
  EXPECT_EQ(result_of_suite<asymmetric_fence<false>>(), rl::test_result_data_race);
}

}  // namespace
