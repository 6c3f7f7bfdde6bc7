// std::random_device has the same numbers in each execution.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

TEST(RandomDevice, CanBeRepeated) {
  const Result result = check_body(
      [] {
        api::atomic<unsigned> x{0};
        const auto work = [&x] {
          std::random_device device;
          const unsigned first = device();
          x.fetch_xor(first);
          const unsigned second = device();
          api::check(first != second, "numbers change");
          x.fetch_xor(second);
        };
        run_threads(work, work);
      },
      {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
  EXPECT_EQ(result.executions.complete, 6U) << "4! / (2! * 2!) orders of the operations";
}

TEST(RandomDevice, IsRandomOutside) {
  std::set<unsigned> numbers;
  std::random_device device;
  for (int i = 0; i < 8; ++i) numbers.insert(device());
  EXPECT_GT(numbers.size(), 1U);
}

}  // namespace
}  // namespace heddle
