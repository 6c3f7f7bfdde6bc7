#include "checker/api/api.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace heddle::api {
namespace {

enum class Colour : std::uint8_t { red = 1, blue = 200 };

struct Pair {
  std::uint32_t first;
  std::uint32_t second;
};

struct Padded {
  std::uint8_t first;
  std::uint32_t second;
};

struct Long {
  std::uint64_t words[2];
};

template <typename T>
T round_trip(T value) {
  return decode<T>(encode(value));
}

TEST(Value, RoundTripKeepsEveryInlineType) {
  int target = 0;
  EXPECT_EQ(round_trip(true), true);
  EXPECT_EQ(round_trip<std::int8_t>(-1), -1);
  EXPECT_EQ(round_trip(std::numeric_limits<std::int64_t>::min()),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(round_trip(std::numeric_limits<std::uint64_t>::max()),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(round_trip(Colour::blue), Colour::blue);
  EXPECT_EQ(round_trip(&target), &target);
  EXPECT_EQ(round_trip<int*>(nullptr), nullptr);
  EXPECT_EQ(round_trip(Pair{7, 9}).second, 9u);
}

// The engine compares values as 64 bits, so a narrow value must not carry anything above its size.
TEST(Value, EncodingLeavesUpperBitsClear) {
  EXPECT_EQ(encode<std::int8_t>(-1), 0xffu);
  EXPECT_EQ(encode<std::int32_t>(-1), 0xffff'ffffu);
  EXPECT_EQ(encode(true), 1u);
  EXPECT_EQ(encode(Colour::blue), 200u);
}

TEST(Value, OnlyTypesWhoseBytesAreTheirValueTravelInline) {
  EXPECT_TRUE(travels_inline<Pair>);
  EXPECT_FALSE(travels_inline<Padded>) << "padding bytes have no value";
  EXPECT_FALSE(travels_inline<double>) << "+0 and -0 are equal, NaN is not";
  EXPECT_FALSE(travels_inline<Long>);
}

TEST(Value, TypeSaysHowToShowIt) {
  EXPECT_EQ(value_type<bool>(), ValueType::boolean);
  EXPECT_EQ(value_type<int>(), ValueType::signed_integer);
  EXPECT_EQ(value_type<Colour>(), ValueType::unsigned_integer);
  EXPECT_EQ(value_type<int*>(), ValueType::pointer);
  EXPECT_EQ(value_type<Pair>(), ValueType::unsigned_integer);
  EXPECT_EQ(value_type<Long>(), ValueType::boxed);
}

TEST(Value, BoxClonesAndDisposes) {
  const Long original{{3, 5}};
  void* clone = box_of<Long>.clone(&original);
  EXPECT_NE(clone, &original);
  EXPECT_EQ(static_cast<Long*>(clone)->words[1], 5u);
  box_of<Long>.dispose(clone);
}

TEST(Value, BodyBoxRunsACopyOfTheClosure) {
  int calls = 0;
  auto body = [&calls, own = 0]() mutable { calls = calls * 10 + ++own; };
  using Body = decltype(body);
  void* clone = box_of_body<Body>.clone(&body);
  box_of_body<Body>.invoke(clone);
  box_of_body<Body>.invoke(clone);
  box_of_body<Body>.dispose(clone);
  EXPECT_EQ(calls, 11) << "the second run must not see what the first did to its closure";
}

TEST(SiteDeath, ObjectOutsideOfAScenarioEndsTheProgramWithItsPosition) {
  const Site site = Site::current();
  EXPECT_EXIT(atomic<int>(0, site), testing::ExitedWithCode(4),
              "api_test.cpp:[0-9]+: a modelled object is used outside of a scenario");
}

}  // namespace
}  // namespace heddle::api
