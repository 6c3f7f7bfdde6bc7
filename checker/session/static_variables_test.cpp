// Static variables of functions: initialised once in the program, not in each execution.
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// Two threads add what `value` returns.
Result add_twice(int (*value)()) {
  return check_body(
      [value] {
        api::atomic<int> sum{0};
        run_threads([&] { sum.fetch_add(value()); }, [&] { sum.fetch_add(value()); });
        api::check(sum.load() == 6, "both have added");
      },
      {.self_check = true});
}

std::string message_of(const Result& result) {
  return result.counterexample ? result.counterexample->violation->message : result.reason;
}

TEST(StaticVariables, OfFunctionsAreInitialisedOnce) {
  const auto value = +[] {
    static const std::vector<std::string> names{"a name too long for the object itself", "b"};
    static const int last = static_cast<int>(names.size()) + 1;
    return last;
  };
  for (int run = 0; run < 2; ++run) {
    const Result result = add_twice(value);
    EXPECT_EQ(result.verdict, Verdict::holds) << message_of(result);
    EXPECT_EQ(result.executions.complete, 2U);
  }
}

/// The program's end is in no execution.
TEST(StaticVariables, AreNotDestroyed) {
  const auto run = [] {
    struct Aborts {
      ~Aborts() { std::abort(); }
    };
    const Result result = check_body([] { static const Aborts here; });
    std::exit(result.verdict == Verdict::holds ? 0 : 1);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(0), "");
}

TEST(StaticVariables, MayTakeTwoAttempts) {
  const Result result = add_twice(+[] {
    static int attempts = 0;  // initialised ahead of all, and changed only below
    const auto initialise = [] {
      static const int value = [] {
        if (attempts++ == 0) throw std::runtime_error("not yet");
        return 3;
      }();
      return value;
    };
    try {
      return initialise();
    } catch (const std::runtime_error&) {
      return initialise();
    }
  });
  EXPECT_EQ(result.verdict, Verdict::holds) << message_of(result);
}

/// There would be one of it in all executions.
TEST(StaticVariables, CannotBeModelled) {
  const Result result = add_twice(+[] {
    static api::atomic<int> value{3};
    return value.load();
  });
  EXPECT_EQ(result.verdict, Verdict::broken);
  EXPECT_NE(message_of(result).find("to initialise a static variable"), std::string::npos)
      << message_of(result);
}

/// Other executions would get what this one had.
TEST(StaticVariables, CannotBeInitialisedWithWhatThreadsShare) {
  const Result result = check_body([] {
    int shared = 0;
    run_threads([&shared] { shared = 3; });
    static const int value = shared;
    api::check(value == 3, "the thread was joined");
  });
  EXPECT_EQ(result.verdict, Verdict::broken) << message_of(result);
}

}  // namespace
}  // namespace heddle
