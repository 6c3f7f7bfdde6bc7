// Values that point to what the system places anew in each run: what traces show of them. That it
// is the same in another process is tested with whole programs (tests/replay).
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "checker/session/errors_test_support.hpp"

namespace heddle {

// They have names in the program's symbol table.
int shown_global[4] = {1, 2, 3, 4};
void shown_function() {}
struct ShownBase {
  virtual ~ShownBase() = default;
  virtual int number() const { return 1; }
};

namespace {

using api::atomic;
using api::var;

/// What the trace says was written to the object "x" by the body's last step but the check.
template <typename T>
std::string shown_as(T value) {
  const Result result = check_body([value] {
    var<T> x{value};
    name(x, "x");
    api::check(false, "always");
  });
  if (!result.counterexample) return "no counterexample";
  for (const trace::Step& step : result.counterexample->steps) {
    if (step.object == "x" && step.written) return *step.written;
  }
  return "no value";
}

std::uint64_t number_of(const void* address) { return reinterpret_cast<std::uint64_t>(address); }

TEST(AddressValues, PointersIntoTheProgramAreSymbols) {
  EXPECT_EQ(shown_as(&shown_global[0]), "heddle::shown_global");
  EXPECT_EQ(shown_as(&shown_global[3]), "heddle::shown_global+0xc");
  EXPECT_EQ(shown_as(&shown_function), "heddle::shown_function()");
  const ShownBase object;
  std::uint64_t vptr = 0;
  std::memcpy(&vptr, static_cast<const void*>(&object), sizeof(vptr));
  EXPECT_EQ(shown_as(vptr), "vtable for heddle::ShownBase+0x10");
}

TEST(AddressValues, PointersWithoutASymbolAreOffsetsInTheFile) {
  const std::string text = shown_as("a string literal");
  EXPECT_TRUE(text.starts_with("heddle_session_test+0x")) << text;
}

TEST(AddressValues, NumbersThatAreAddressesAreShownAsSuch) {
  EXPECT_EQ(shown_as(number_of(&shown_global[0])), "heddle::shown_global");
  EXPECT_EQ(shown_as(static_cast<std::int64_t>(number_of(&shown_global[0]))),
            "heddle::shown_global");
  // With marks, as in tagged pointers.
  EXPECT_EQ(shown_as(number_of(&shown_global[0]) | 1), "heddle::shown_global+0x1");
  EXPECT_EQ(shown_as(number_of(&shown_global[0]) | std::uint64_t{5} << 48),
            "heddle::shown_global | 0x5<<48");
}

TEST(AddressValues, WithinLargerObjects) {
  struct Pair {
    void (*function)();
    const int* data;
    std::uint64_t number;
  };
  EXPECT_EQ(shown_as(Pair{&shown_function, &shown_global[1], 7}),
            "{heddle::shown_function(), heddle::shown_global+0x4, 7}");
}

TEST(AddressValues, OtherMemoryIsNumbered) {
  void* const block = std::malloc(64);
  EXPECT_EQ(shown_as(block), "address #1");
  EXPECT_EQ(shown_as(number_of(block)), "address #1");
  std::free(block);
}

TEST(AddressValues, NumbersStayNumbers) {
  EXPECT_EQ(shown_as(std::uint64_t{4096}), "4096");
  EXPECT_EQ(shown_as(~std::uint64_t{0}), "18446744073709551615");
  EXPECT_EQ(shown_as(std::int64_t{-1}), "-1");
  EXPECT_EQ(shown_as(reinterpret_cast<int*>(0xdeadbeef)), "0xdeadbeef");
}

/// Such a number is another one in each process; a replay only needs to see that it stays the same.
TEST(AddressValues, ThatAreComputedFromAddresses) {
  static const std::uint64_t salt = 0;
  const auto body = [](std::uint64_t value) {
    return [value] {
      atomic<std::uint64_t> x{value};
      run_threads([&] { x.store(value), x.store(value + 1); },
                  [&, value] { api::check(x.load() != value + 1, "seen"); });
    };
  };
  const auto hash = [](std::uint64_t of) {
    return (number_of(&salt) + of) * 0x9e37'79b9'7f4a'7c15;
  };
  const Result result = check(scenario_of("hash", body(hash(0))), {.model = "sc"});
  ASSERT_TRUE(result.counterexample);
  const Scenario elsewhere = scenario_of("hash", body(hash(4096)));
  EXPECT_EQ(replay(elsewhere, *result.counterexample).verdict, Verdict::violated);
  // What is equal must stay so: here the construction has a value of its own.
  trace::Trace other = *result.counterexample;
  for (trace::Step& step : other.steps) {
    if (step.operation == "construct" && step.written) step.written = "99999999";
  }
  EXPECT_THROW(replay(elsewhere, other), std::runtime_error);
  // Small numbers are what they are.
  const Result small = check(scenario_of("hash", body(7)), {.model = "sc"});
  EXPECT_THROW(replay(scenario_of("hash", body(8)), *small.counterexample), std::runtime_error);
}

}  // namespace
}  // namespace heddle
