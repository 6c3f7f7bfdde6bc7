// A stronger order never adds a state, nor does a fence: for every program and each way to make it
// one step weaker, all that it may do the weaker one may do, under every model.
//
// sc does not look at orders, tso and ra only at seq_cst fences. In rc11 and cpp20 the orders are
// in sw, which is in hb, and in psc; hb and psc only grow with them and with fences, and all that
// an axiom says of them is that something has no cycle.
#include <gtest/gtest.h>

#include "checker/agreement/families.hpp"
#include "checker/agreement/inclusion.hpp"
#include "checker/agreement/weaker.hpp"
#include "checker/oracle/generate.hpp"

namespace heddle::agreement {
namespace {

using namespace oracle::ops;
using oracle::Program;

class Monotonicity : public testing::TestWithParam<std::string> {
 protected:
  static void expect(const Program& program) {
    for (const Program& weaker : one_step_weaker(program)) {
      EXPECT_EQ(not_included({program, GetParam()}, {weaker, GetParam()}), "");
    }
  }
};

TEST_P(Monotonicity, OnSystematicPrograms) { for_each_systematic(full_run() ? 101 : 2003, expect); }

TEST_P(Monotonicity, OnRandomPrograms) {
  for (std::uint64_t seed = 0; seed < (full_run() ? 300 : 30); ++seed) {
    expect(oracle::random_program(seed));
  }
}

INSTANTIATE_TEST_SUITE_P(In, Monotonicity, testing::ValuesIn(all_models()),
                         [](const auto& which) { return which.param; });

TEST(Orders, AreWeakenedOneStepAtATime) {
  Program program{.name = "all"};
  program.add({load(0, sc), store(0, 1, rel), fence(acq_rel), cas(0, 0, 1, sc, acq)});
  std::string texts;
  for (const Program& weaker : one_step_weaker(program)) texts += to_string(weaker);
  EXPECT_EQ(texts,
            "all\n  T1: r0 = x acq; x = 1 rel; fence acq_rel; r1 = cas(x, 0 -> 1) sc/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rlx; fence acq_rel; r1 = cas(x, 0 -> 1) sc/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rel; fence acq; r1 = cas(x, 0 -> 1) sc/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rel; fence rel; r1 = cas(x, 0 -> 1) sc/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rel; r1 = cas(x, 0 -> 1) sc/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rel; fence acq_rel; r1 = cas(x, 0 -> 1) acq_rel/acq; \n"
            "all\n  T1: r0 = x sc; x = 1 rel; fence acq_rel; r1 = cas(x, 0 -> 1) sc/rlx; \n");
}

}  // namespace
}  // namespace heddle::agreement
