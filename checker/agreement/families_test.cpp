// Engine and oracle agree on all families of programs.
//
// By default a part of each family is checked; HEDDLE_AGREEMENT=full in the environment checks all
// (in minutes). A disagreement is printed as the smallest program that still shows one.
#include "checker/agreement/families.hpp"

#include <gtest/gtest.h>

namespace heddle::agreement {
namespace {

struct Case {
  Family family;
  std::string model;
};

void PrintTo(const Case& which, std::ostream* out) {
  *out << which.family.tests << ", " << which.model;
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const auto& families : {program_families(), litmus_families()}) {
    for (const Family& family : families) {
      for (const std::string& model : family.models) all.push_back({family, model});
    }
  }
  return all;
}

class Families : public testing::TestWithParam<Case> {};

TEST_P(Families, Agree) {
  const Tally tally = GetParam().family.compare(GetParam().model, full_run());
  EXPECT_GT(tally.tests, 0U);
  EXPECT_EQ(tally.agree, tally.tests);
  EXPECT_EQ(tally.refused, 0U);
  for (const std::string& difference : tally.differences) ADD_FAILURE() << difference;
}

INSTANTIATE_TEST_SUITE_P(All, Families, testing::ValuesIn(cases()), [](const auto& which) {
  return which.param.family.name + "_" + which.param.model;
});

}  // namespace
}  // namespace heddle::agreement
