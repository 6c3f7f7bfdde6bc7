// A loop is a wait only if nothing that the thread remembers differs from round to round: one test
// per row of the table in docs/EXPLORATION.md.
#include <gtest/gtest.h>
#include <pthread.h>

#include <cerrno>
#include <cfenv>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "checker/fiber/sanitizer.hpp"
#include "checker/session/errors_test_support.hpp"

#if defined(__x86_64__)

namespace heddle {
namespace {

using Step = std::function<void()>;
using Question = std::function<bool()>;

/// A thread that waits for another one, and takes a step in each round that fails. It must be found
/// that it may come out of the loop having taken one step.
void expect_counted(const std::function<std::pair<Step, Question>()>& memory) {
  const auto body = [&memory] {
    api::atomic<int> x{0};
    run_threads(
        [&] {
          const auto [step, has_taken_one] = memory();
          while (x.load() == 0) step();
          api::check(!has_taken_one(), "one round failed");
        },
        [&x] { x.store(1); });
  };
  for (const char* model : {"sc", "cpp20"}) {
    const Result result = check({.name = "test", .body = body}, {.model = model});
    EXPECT_EQ(result.verdict, Verdict::violated) << model << ": " << result.reason;
    ASSERT_TRUE(result.counterexample.has_value());
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed);
  }
}

// The functions are not inlined, so that nothing of what they change is in a register or on the
// stack of the loop.
#define APART __attribute__((noinline))

struct Counter {
  volatile int* value;
  APART void step() const { *value = *value + 1; }
  APART bool is_one() const { return *value == 1; }
  auto pair() const {
    return std::pair<Step, Question>{[*this] { step(); }, [*this] { return is_one(); }};
  }
};

TEST(Remembered, MemoryOfTheThreadsOwn) {
  expect_counted([] {
    auto* value = static_cast<int*>(api::engine(api::Site::current()).thread_memory(sizeof(int)));
    return Counter{value}.pair();
  });
}

TEST(Remembered, BlocksOfOperatorNew) {
  const auto body = [] {
    api::atomic<int> x{0};
    run_threads(
        [&x] {
          const std::unique_ptr<int> value = std::make_unique<int>(0);
          const Counter counter{value.get()};
          while (x.load() == 0) counter.step();
          api::check(!counter.is_one(), "one round failed");
        },
        [&x] { x.store(1); });
  };
  EXPECT_EQ(check_body(body).verdict, Verdict::violated);
}

#ifndef HEDDLE_ASAN  // there they are all threads' together, and a change is refused
thread_local int own = 0;
TEST(Remembered, ThreadLocalVariables) {
  expect_counted([] { return Counter{&own}.pair(); });
}
#endif

APART void set_error(int number) { errno = number; }
APART int error() { return errno; }

TEST(Remembered, Errno) {
  expect_counted([]() -> std::pair<Step, Question> {
    return {[] { set_error(error() + 1); }, [] { return error() == 1; }};
  });
}

#ifndef HEDDLE_ASAN  // there the keys are the system's thread's
TEST(Remembered, KeysOfPthreads) {
  pthread_key_t key;
  pthread_key_create(&key, nullptr);
  const auto step = [key] {
    pthread_setspecific(key, static_cast<char*>(pthread_getspecific(key)) + 1);
  };
  const auto is_one = [key] { return pthread_getspecific(key) == reinterpret_cast<void*>(1); };
  expect_counted([&]() -> std::pair<Step, Question> { return {step, is_one}; });
  pthread_key_delete(key);
}
#endif

TEST(Remembered, RoundingModes) {
  const auto step = [] { fesetround(fegetround() == FE_TONEAREST ? FE_UPWARD : FE_DOWNWARD); };
  const auto is_one = [] { return fegetround() == FE_UPWARD; };
  expect_counted([&]() -> std::pair<Step, Question> { return {step, is_one}; });
}

TEST(Remembered, ExceptionsOfArithmetic) {
  // Overflow is noted by x87's registers, the others by SSE's.
  for (const int first : {FE_DIVBYZERO, FE_OVERFLOW}) {
    const auto step = [first] { feraiseexcept(fetestexcept(first) == 0 ? first : FE_INVALID); };
    const auto is_one = [first] { return fetestexcept(first | FE_INVALID) == first; };
    expect_counted([&]() -> std::pair<Step, Question> { return {step, is_one}; });
  }
}

/// Arithmetic is each thread's own: another thread's exceptions and rounding are not seen.
TEST(Remembered, ArithmeticIsEachThreadsOwn) {
  const auto body = [] {
    api::atomic<int> x{0};
    const auto work = [&x] {
      api::check(fetestexcept(FE_ALL_EXCEPT) == 0, "noted nothing");
      api::check(fegetround() == FE_TONEAREST, "as at the beginning");
      x.fetch_add(1);
      feraiseexcept(FE_OVERFLOW);
      fesetround(FE_UPWARD);
      x.fetch_add(1);
      api::check(fetestexcept(FE_OVERFLOW) != 0 && fegetround() == FE_UPWARD, "still there");
    };
    run_threads(work, work);
  };
  const Result result = check_body(body, {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 6U);
}

/// A limit (docs/LIMITS.md): the loop is taken for a wait, so one failed round is not explored.
TEST(Remembered, BlocksOfMallocAreNot) {
  const auto body = [] {
    api::atomic<int> x{0};
    run_threads(
        [&x] {
          const Counter counter{static_cast<int*>(std::calloc(1, sizeof(int)))};
          while (x.load() == 0) counter.step();
          api::check(!counter.is_one(), "one round failed");
          std::free(const_cast<int*>(counter.value));
        },
        [&x] { x.store(1); });
  };
  EXPECT_EQ(check_body(body).verdict, Verdict::holds);
}

/// The same rounds again and again are one wait, whatever the thread remembers from before.
TEST(Remembered, RoundsThatChangeNothingAreWaits) {
  const auto body = [] {
    api::atomic<int> x{0};
    run_threads(
        [&x] {
          errno = 5;
          fesetround(FE_UPWARD);
          const auto text = std::make_unique<std::string>("something long enough for a block");
          while (x.load() == 0) {
          }
          api::check(errno == 5 && fegetround() == FE_UPWARD, "kept");
        },
        [&x] { x.store(1); });
  };
  const Result result = check_body(body);
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 1U);
}

}  // namespace
}  // namespace heddle

#endif
