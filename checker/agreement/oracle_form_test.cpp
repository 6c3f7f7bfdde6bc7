// Litmus tests become the programs that they are, or none.
#include "checker/agreement/oracle_form.hpp"

#include <gtest/gtest.h>

#include "checker/oracle/enumerate.hpp"

namespace heddle::agreement {
namespace {

litmus::Test test_of(const std::string& threads) {
  return litmus::parse("C t\n{ x = 3; }\n" + threads, "t.litmus");
}

TEST(OracleForm, HasTheInstructionsOfTheTest) {
  const auto form = OracleForm::of(test_of(R"(
P0 (atomic_int* x, atomic_int* y, int* z) {
  int r0 = atomic_fetch_add_explicit(x, 1, memory_order_acq_rel);
  int r1 = atomic_exchange_explicit(y, r0, memory_order_release);
  *z = r1;
  int r2 = *z;
}
P1 (atomic_int* x, atomic_int* y) {
  atomic_store(y, 7);
  atomic_thread_fence(memory_order_seq_cst);
  int r0;
  r0 = atomic_load_explicit(x, memory_order_acquire);
}
exists (0:r2 = 7 /\ 1:r0 = 3)
)"));
  ASSERT_TRUE(form);
  EXPECT_EQ(to_string(form->program()),
            "t\n  T1: r0 = fetch_add(x, 1) acq_rel; r1 = exchange(y, r0) rel; plain z = r1; "
            "r2 = plain z; \n  T2: y = 7 sc; fence sc; r0 = x acq; \n");
  EXPECT_EQ(form->program().initial[0], 3);
}

TEST(OracleForm, ShowsWhatTheTestShows) {
  const auto form = OracleForm::of(test_of(R"(
P0 (atomic_int* x, atomic_int* y) { int r7 = atomic_load(x); atomic_store(y, 5); }
P1 (atomic_int* y) { int r1 = atomic_exchange(y, 6); int r0 = atomic_load(y); }
exists (1:r0 = 5 /\ 0:r7 = 3 /\ [y] = 5)
)"));
  ASSERT_TRUE(form);
  std::set<std::vector<std::int32_t>> shown;
  for (const auto& state : enumerate(form->program(), oracle::model("sc")).states) {
    shown.insert(form->shown(state));
  }
  // 0:r7, 1:r0, [y]
  EXPECT_EQ(shown, (std::set<std::vector<std::int32_t>>{{3, 5, 5}, {3, 6, 5}, {3, 6, 6}}));
}

TEST(OracleForm, RefusesWhatTheOracleCannotSay) {
  const std::string names = "P0 (atomic_int* x, int* y) { int r0 = atomic_load(x); ";
  EXPECT_TRUE(OracleForm::of(test_of(names + "*y = r0; }\nexists (0:r0 = 0)\n")));
  for (const char* body : {"if (r0 == 0) atomic_store(x, 1);", "atomic_fetch_xor(x, 1);",
                           "int r1 = 1 + atomic_load(x);", "*y = r0 + 1;",
                           "int r1 = atomic_load(x); r1 = atomic_load(x);"}) {
    EXPECT_FALSE(OracleForm::of(test_of(names + body + " }\nexists (0:r0 = 0)\n"))) << body;
  }
}

}  // namespace
}  // namespace heddle::agreement
