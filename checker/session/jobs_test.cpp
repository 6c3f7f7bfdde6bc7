// That several processes find what one finds, to the digit, however they share the work.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <stdexcept>

#include "checker/session/errors_test_support.hpp"
#include "checker/trace/trace.hpp"

namespace heddle {
namespace {

using api::atomic;

/// Each process is slow now and then, each otherwise.
void be_slow_at_times() {
  static unsigned random = static_cast<unsigned>(getpid());
  random = random * 1664525 + 1013904223;
  if ((random >> 16) % 16 == 0) usleep((random >> 20) % 1000);
}

/// All but the time.
std::string text_of(const Result& result) {
  std::string text = std::to_string(static_cast<int>(result.verdict)) + ": " + result.reason + "\n";
  const Counts& counts = result.executions;
  for (const std::uint64_t count : {counts.complete, counts.blocked, counts.cut, counts.violating,
                                    result.events, result.looked_at, std::uint64_t{result.whole}}) {
    text += std::to_string(count) + " ";
  }
  for (const std::string& bound : result.bounds) text += bound + "; ";
  if (result.counterexample) text += "\n" + trace::to_json(*result.counterexample);
  return text;
}

/// Reports at each branch, so that there are as many parts as can be.
Options shared(Options options, unsigned jobs) {
  options.jobs = jobs;
  options.sharing = {.alone = 0, .slice = 0, .before_slice = be_slow_at_times};
  return options;
}

void expect_the_same(const std::function<void()>& body, const Options& options,
                     const std::string& name) {
  const std::string one = text_of(check_body(body, options));
  for (const unsigned jobs : {2U, 3U, 7U}) {
    EXPECT_EQ(text_of(check_body(body, shared(options, jobs))), one)
        << name << " with " << jobs << " jobs";
  }
}

struct Way {
  std::string name;
  Options options;
};

class Jobs : public testing::TestWithParam<Way> {};

TEST_P(Jobs, FindTheSameInAllErrorCases) {
  for (const ErrorCase& error : all_error_cases()) {
    // What such a scenario does depends on how often it ran in the process.
    if (error.kind == ViolationKind::nondeterminism) continue;
    expect_the_same(error.body, GetParam().options, error.name);
    if (error.repaired)
      expect_the_same(error.repaired, GetParam().options, error.name + ", repaired");
  }
}

INSTANTIATE_TEST_SUITE_P(Ways, Jobs,
                         testing::Values(Way{"first", {.model = "rc11"}},
                                         Way{"all", {.model = "sc", .keep_going = true}},
                                         Way{"simplest", {.model = "cpp20", .simplest = 5}},
                                         Way{"all_and_simplest",
                                             {.model = "rc11", .keep_going = true, .simplest = 5}}),
                         [](const auto& test) { return test.param.name; });

/// Some 2,000 executions; threads have threads of their own, so their numbers depend on who comes
/// first.
void start_threads_from_threads() {
  atomic<int> x{0};
  const auto add = [&] { x.fetch_add(1), x.fetch_add(1); };
  run_threads([&] { api::join(api::spawn(add)); }, [&] { api::join(api::spawn(add)); },
              [&] { x.store(7); });
}

void die_at_the_fourth_slice() {
  static unsigned slices = 0;
  if (++slices == 4) raise(SIGKILL);
}

TEST(JobsThatDie, CostTheirSlice) {
  const std::string one = text_of(check_body(start_threads_from_threads));
  Options options = shared({}, 3);
  options.sharing.before_slice = die_at_the_fourth_slice;
  EXPECT_EQ(text_of(check_body(start_threads_from_threads, options)), one);
}

TEST(JobsThatDie, AtOnePartAgainAndAgainAreReported) {
  Options options = shared({}, 2);
  options.sharing.before_slice = [] { raise(SIGKILL); };
  const Result result = check_body(start_threads_from_threads, options);
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.reason,
            "a part of the search ends each process that explores it (by SIGKILL); with --jobs 1 "
            "that can be seen in a debugger");
}

TEST(JobsThatAreManyMore, ThanThereAreParts) {
  const std::string one = text_of(check_body(start_threads_from_threads));
  EXPECT_EQ(text_of(check_body(start_threads_from_threads, shared({}, 40))), one);
}

TEST(JobsWithALimit, OfTimeStop) {
  Options options = shared({.seconds = 0.3}, 2);
  options.sharing.before_slice = [] { usleep(100'000); };
  const Result result = check_body(start_threads_from_threads, options);
  EXPECT_EQ(result.verdict, Verdict::incomplete);
  EXPECT_EQ(result.reason, "the limit of 0.3 seconds was reached");
  EXPECT_GT(result.executions.sum(), 0U);
}

TEST(JobsWithALimit, OfExecutionsAreOne) {
  Options options = shared({.executions = 10}, 2);
  EXPECT_EQ(check_body(start_threads_from_threads, options).executions.sum(), 10U);
}

TEST(JobsWithAHook, AreToldOfWhatTheOthersCounted) {
  Options options = shared({}, 2);
  std::uint64_t most = 0;
  double explored = 0;
  options.sharing.before_slice = [] { usleep(30'000); };
  const Scenario scenario = scenario_of("test", start_threads_from_threads);
  const Result result = check(scenario, options, [&](const Progress& now) {
    EXPECT_GE(now.executions.sum(), most);
    EXPECT_GE(now.explored, explored - 1e-9);
    most = now.executions.sum();
    explored = now.explored;
    return true;
  });
  EXPECT_GT(most, 0U);
  EXPECT_GT(explored, 0.0);
  EXPECT_GE(result.executions.sum(), most);
}

TEST(JobsOfBadNumbers, AreRefused) {
  for (const unsigned jobs : {0U, 1001U}) {
    EXPECT_THROW(check_body([] {}, {.jobs = jobs}), std::invalid_argument) << jobs;
  }
}

}  // namespace
}  // namespace heddle
