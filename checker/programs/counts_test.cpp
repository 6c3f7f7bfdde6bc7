// The engine visits as many executions as are published.
#include <gtest/gtest.h>

#include "checker/oracle/classics.hpp"
#include "checker/programs/programs.hpp"
#include "checker/session/session.hpp"

namespace heddle::programs {
namespace {

using oracle::PublishedCount;

std::vector<PublishedCount> all_rows() {
  return oracle::published_counts(HEDDLE_SOURCE_DIR "/checker/oracle/counts.csv");
}

Result explore(const std::string& name, int size, const std::string& model) {
  const Scenario scenario{.name = "counted", .body = program(name, size)};
  return check(scenario, {.model = model, .keep_going = true});
}

/// None of these programs waits for a value that may come too late, so no execution is redundant.
void expect_complete(const Result& result, std::uint64_t complete) {
  const bool found = result.counterexample && result.counterexample->violation;
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (found ? result.counterexample->violation->message : result.reason);
  EXPECT_EQ(result.executions.complete, complete);
  EXPECT_EQ(result.executions.blocked, 0U);
}

class Counts : public testing::TestWithParam<PublishedCount> {};

TEST_P(Counts, AreThePublishedOnes) {
  const PublishedCount& row = GetParam();
  expect_complete(explore(row.program, row.parameter, row.model), row.complete);
}

std::string name_of(const testing::TestParamInfo<PublishedCount>& info) {
  const PublishedCount& row = info.param;
  std::string name = row.program == "2+2w" ? "two_plus_two_w" : row.program;
  if (row.parameter != 0) name += "_" + std::to_string(row.parameter);
  return name + "_" + row.model;
}

INSTANTIATE_TEST_SUITE_P(All, Counts, testing::ValuesIn(all_rows()), name_of);

TEST(Programs, EveryRowIsRead) { EXPECT_EQ(all_rows().size(), 56U); }

TEST(Programs, LocksAreTakenInEveryOrderOnce) {
  for (const char* model : {"sc", "rc11"}) {
    for (const char* lock : {"lockinc", "ticketlock"}) {
      SCOPED_TRACE(std::string(lock) + " " + model);
      expect_complete(explore(lock, 2, model), 2);
      expect_complete(explore(lock, 5, model), 120);
    }
  }
}

}  // namespace
}  // namespace heddle::programs
