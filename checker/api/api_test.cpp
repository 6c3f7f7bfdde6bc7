#include "checker/api/api.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

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
  EXPECT_TRUE(travels_inline<double>);
  EXPECT_FALSE(travels_inline<long double>);
  EXPECT_FALSE(travels_inline<Long>);
}

TEST(Value, TypeSaysHowToShowIt) {
  EXPECT_EQ(value_type<bool>(), ValueType::boolean);
  EXPECT_EQ(value_type<int>(), ValueType::signed_integer);
  EXPECT_EQ(value_type<Colour>(), ValueType::unsigned_integer);
  EXPECT_EQ(value_type<int*>(), ValueType::pointer);
  EXPECT_EQ(value_type<Pair>(), ValueType::unsigned_integer);
  EXPECT_EQ(value_type<float>(), ValueType::floating);
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

// Keeps every Op that it is asked, and always replies the same.
class RecordingEngine final : public Engine {
 public:
  explicit RecordingEngine(Reply reply = {}) : reply_(reply) { current_engine = this; }
  ~RecordingEngine() { current_engine = nullptr; }
  RecordingEngine(const RecordingEngine&) = delete;
  RecordingEngine& operator=(const RecordingEngine&) = delete;

  Reply perform(const Op& op, const void*) override {
    ops.push_back(op);
    return reply_;
  }
  void name(const void*, const char*) override {}
  std::uint32_t thread_index() const override { return 3; }
  std::int64_t parameter(const char*) const override { return -5; }

  std::vector<Op> ops;

 private:
  Reply reply_;
};

TEST(Atomic, LifeIsAnnounced) {
  RecordingEngine engine;
  { const atomic<int> x(7); }
  ASSERT_EQ(engine.ops.size(), 2u);
  EXPECT_EQ(engine.ops[0].kind, OpKind::construct);
  EXPECT_TRUE(engine.ops[0].has_operand);
  EXPECT_EQ(engine.ops[0].operand, 7u);
  EXPECT_EQ(engine.ops[1].kind, OpKind::destroy);
  EXPECT_EQ(engine.ops[1].address, engine.ops[0].address);
}

TEST(Atomic, DefaultConstructedIsUninitialised) {
  RecordingEngine engine;
  const atomic<int> x;
  EXPECT_FALSE(engine.ops[0].has_operand);
}

TEST(Atomic, AccessCarriesWhatItIs) {
  RecordingEngine engine({.value = 0xffff});
  atomic<std::int16_t> x(0);
  EXPECT_EQ(x.load(std::memory_order_acquire), -1);
  x.store(-2, std::memory_order_release);
  EXPECT_EQ(x.exchange(1, std::memory_order_relaxed), -1);
  const Op& load = engine.ops[1];
  EXPECT_EQ(load.kind, OpKind::load);
  EXPECT_EQ(load.order, std::memory_order_acquire);
  EXPECT_EQ(load.size, 2);
  EXPECT_EQ(load.type, ValueType::signed_integer);
  EXPECT_EQ(load.address, &x);
  EXPECT_NE(load.site.line, 0u);
  EXPECT_EQ(engine.ops[2].kind, OpKind::store);
  EXPECT_EQ(engine.ops[2].operand, 0xfffeu);
  EXPECT_EQ(engine.ops[3].kind, OpKind::exchange);
  EXPECT_EQ(engine.ops[3].order, std::memory_order_relaxed);
}

TEST(Atomic, CompareExchangeTellsSuccessFromFailure) {
  RecordingEngine engine({.value = 4});
  atomic<int> x(0);
  int expected = 4;
  EXPECT_TRUE(x.compare_exchange_strong(expected, 5));
  expected = 3;
  EXPECT_FALSE(x.compare_exchange_weak(expected, 5, std::memory_order_acq_rel));
  EXPECT_EQ(expected, 4) << "a failure loads the value";
  const Op& weak = engine.ops[2];
  EXPECT_TRUE(weak.weak);
  EXPECT_EQ(weak.expected, 3u);
  EXPECT_EQ(weak.operand, 5u);
  EXPECT_EQ(weak.failure_order, std::memory_order_acquire) << "what acq_rel means for a load";
}

TEST(Atomic, SpuriousFailureIsAFailure) {
  RecordingEngine engine({.value = 4, .spurious_failure = true});
  atomic<int> x(0);
  int expected = 4;
  EXPECT_FALSE(x.compare_exchange_weak(expected, 5));
}

TEST(Atomic, ArithmeticOnPointersCountsElements) {
  RecordingEngine engine;
  std::uint32_t array[4];
  atomic<std::uint32_t*> x(array);
  x.fetch_add(2);
  x.fetch_sub(1);
  EXPECT_EQ(engine.ops[1].operand, 8u);
  EXPECT_EQ(engine.ops[2].kind, OpKind::fetch_sub);
  EXPECT_EQ(engine.ops[2].operand, 4u);
}

TEST(Var, LongValuesTravelInABox) {
  const Long stored{{8, 9}};
  RecordingEngine engine({.value = reinterpret_cast<std::uint64_t>(&stored)});
  var<Long> x(Long{{1, 2}});
  x.set(stored);
  EXPECT_EQ(x.get().words[1], 9u);
  EXPECT_EQ(engine.ops[0].box, &box_of<Long>);
  EXPECT_EQ(engine.ops[1].kind, OpKind::write);
  EXPECT_EQ(engine.ops[1].box, &box_of<Long>);
  EXPECT_EQ(engine.ops[2].kind, OpKind::read);
}

TEST(Mutex, AcquiresAndReleases) {
  RecordingEngine engine({.value = 1});
  mutex m;
  m.lock();
  EXPECT_TRUE(m.try_lock());
  m.unlock();
  EXPECT_EQ(engine.ops[1].kind, OpKind::lock);
  EXPECT_EQ(engine.ops[1].order, std::memory_order_acquire);
  EXPECT_EQ(engine.ops[2].kind, OpKind::try_lock);
  EXPECT_EQ(engine.ops[3].kind, OpKind::unlock);
  EXPECT_EQ(engine.ops[3].order, std::memory_order_release);
}

TEST(Control, OnlyAFalseConditionIsReported) {
  RecordingEngine engine;
  check(true, "fine");
  assume(true);
  EXPECT_TRUE(engine.ops.empty());
  check(false, "broken");
  assume(false);
  ASSERT_EQ(engine.ops.size(), 2u);
  EXPECT_EQ(engine.ops[0].kind, OpKind::fail);
  EXPECT_STREQ(engine.ops[0].text, "broken");
  EXPECT_EQ(engine.ops[1].kind, OpKind::assume_fails);
}

TEST(Control, AwaitAsksAgainOnlyAfterAFailedRound) {
  RecordingEngine engine;
  await([] { return true; });
  ASSERT_EQ(engine.ops.size(), 1u);
  EXPECT_EQ(engine.ops[0].kind, OpKind::await_begin);
  await([] { return false; });
  EXPECT_EQ(engine.ops.back().kind, OpKind::await_retry);
}

TEST(Thread, SpawnHandsOverTheBodyAndReturnsItsNumber) {
  RecordingEngine engine({.value = 2});
  bool ran = false;
  EXPECT_EQ(spawn([&ran] { ran = true; }), 2u);
  ASSERT_NE(engine.ops[0].box, nullptr);
  EXPECT_NE(engine.ops[0].box->invoke, nullptr);
  EXPECT_FALSE(ran) << "the engine runs it, not spawn";
  join(2);
  EXPECT_EQ(engine.ops[1].kind, OpKind::join);
  EXPECT_EQ(engine.ops[1].operand, 2u);
}

TEST(SiteDeath, ObjectOutsideOfAScenarioEndsTheProgramWithItsPosition) {
  const Site site = Site::current();
  EXPECT_EXIT(atomic<int>(0, site), testing::ExitedWithCode(4),
              "api_test.cpp:[0-9]+: a modelled object is used outside of a scenario");
}

}  // namespace
}  // namespace heddle::api
