// The texts are herd7's, but for the lines Time and Hash.
#include <gtest/gtest.h>

#include "checker/litmus/litmus.hpp"

namespace heddle::litmus {
namespace {

const char* const increments =
    "C inc\n{ x=-11; }\n"
    "P0 (atomic_int* x) { int r0 = atomic_fetch_add_explicit(x, 10, memory_order_relaxed); }\n"
    "P1 (atomic_int* x) { int r0 = atomic_fetch_add_explicit(x, 3, memory_order_relaxed); }\n";

std::string text_of(const std::string& text) {
  const auto test = parse(text, "t.litmus");
  return herd_text(test, run(test, {}));
}

std::string shown(const std::string& condition) {
  return condition_text(parse(increments + condition, "t.litmus"));
}

TEST(HerdText, Exists) {
  // States are sorted by numbers, not by their text.
  EXPECT_EQ(text_of(std::string(increments) + "exists (1:r0=-1 /\\ x=2)"),
            "Test inc Allowed\n"
            "States 2\n"
            "1:r0=-11; [x]=2;\n"
            "1:r0=-1; [x]=2;\n"
            "Ok\n"
            "Witnesses\n"
            "Positive: 1 Negative: 1\n"
            "Condition exists (1:r0=-1 /\\ [x]=2)\n"
            "Observation inc Sometimes 1 1\n\n");
}

TEST(HerdText, WitnessesOfNotExistsAreForTheClaim) {
  EXPECT_EQ(text_of(std::string(increments) + "~exists x=3"),
            "Test inc Forbidden\n"
            "States 1\n"
            "[x]=2;\n"
            "Ok\n"
            "Witnesses\n"
            "Positive: 2 Negative: 0\n"
            "Condition ~exists ([x]=3)\n"
            "Observation inc Never 0 2\n\n");
}

TEST(HerdText, WithoutConditionAllIsRequired) {
  EXPECT_EQ(text_of(increments),
            "Test inc Required\n"
            "States 1\n"
            "\n"
            "Ok\n"
            "Witnesses\n"
            "Positive: 2 Negative: 0\n"
            "Condition forall (true)\n"
            "Observation inc Always 2 0\n\n");
}

TEST(HerdText, Conditions) {
  EXPECT_EQ(shown("forall 0:r0 != 1 \\/ not x=2"), "forall (not (0:r0=1) \\/ not ([x]=2))");
  EXPECT_EQ(shown("exists ((x=1 \\/ x=2) /\\ (0:r0=1 /\\ 1:r0=0x10))"),
            "exists (([x]=1 \\/ [x]=2) /\\ 0:r0=1 /\\ 1:r0=16)");
  EXPECT_EQ(shown("exists (x=1 \\/ x=2 /\\ x=3)"), "exists ([x]=1 \\/ [x]=2 /\\ [x]=3)");
  EXPECT_EQ(shown("exists (x=1 /\\ x=2 => x=3 /\\ true)"),
            "exists ([x]=1 /\\ ([x]=2 => [x]=3) /\\ true)");
  EXPECT_EQ(shown("exists ((x=1 /\\ x=2) => x=3)"), "exists (([x]=1 /\\ [x]=2) => [x]=3)");
  EXPECT_EQ(shown("final 0:r0 = 1:r0 \\/ false;"), "exists (0:r0=1:r0 \\/ false)");
  EXPECT_EQ(shown("([x] = *x)"), "exists ([x]=[x])");
}

TEST(HerdText, ARaceHasNoStates) {
  EXPECT_EQ(text_of("C race\n{}\nP0 (int* x) {\n*x = 1; }\nP1 (int* x) {\n*x = 2; }\nexists (x=1)"),
            "Test race Allowed\n"
            "Undef\n"
            "Flag *undef*\n"
            "Race P0 writes 'x' in line 4 and P1 writes 'x' in line 6, and nothing orders the two\n"
            "Condition exists ([x]=1)\n"
            "Observation race Undef\n\n");
}

}  // namespace
}  // namespace heddle::litmus
