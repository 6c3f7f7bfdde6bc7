// Blocks that only one thread uses: what it does with them once they are freed, and beyond their
// ends.
#include <gtest/gtest.h>

#include "checker/fiber/arena.hpp"
#include "checker/session/errors_test_support.hpp"

#if defined(__x86_64__)

namespace heddle {
namespace {

// Not inlined: else the compiler drops what is undefined.
__attribute__((noinline)) int* make(int count) { return new int[static_cast<std::size_t>(count)]; }
__attribute__((noinline)) void drop(const int* block) { delete[] block; }
__attribute__((noinline)) void write(volatile int* at, int value) { *at = value; }
__attribute__((noinline)) int read(const volatile int* at) { return *at; }

/// The body runs in a thread behind an operation of another one, so it is repeated.
Result outcome(void (*body)(), Options options = {}) {
  return check_body(
      [body] {
        api::atomic<int> x{0};
        run_threads([&x] { x.store(1); },
                    [&x, body] {
                      x.load();
                      body();
                      x.load();
                    });
      },
      options);
}

void expect_use_after_free(void (*body)()) {
  const Result result = outcome(body);
  EXPECT_EQ(result.verdict, Verdict::violated) << result.reason;
  ASSERT_TRUE(result.counterexample.has_value());
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::use_after_free);
  EXPECT_EQ(result.counterexample->violation->thread, 2U);
}

TEST(FreedBlocks, AreNotWritten) {
  expect_use_after_free([] {
    int* block = make(4);
    drop(block);
    write(block, 1);
  });
}

TEST(FreedBlocks, AreNotRead) {
  expect_use_after_free([] {
    int* block = make(4);
    write(block, 1);
    drop(block);
    api::check(read(block) != 3, "anything");
  });
}

TEST(FreedBlocks, EndWhereTheyEnd) {
  expect_use_after_free([] {
    int* block = make(4);
    write(block + 4, 1);
    drop(block);
  });
}

TEST(FreedBlocks, OthersAreUsedAsBefore) {
  const Result result = outcome(
      [] {
        int* kept = make(4);
        drop(make(4));
        write(kept + 3, 7);
        api::check(read(kept + 3) == 7, "its own");
        drop(kept);
      },
      {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 3U);
}

/// What docs/LIMITS.md says: reads beyond an end, and the blocks behind the first thousand.
TEST(FreedBlocks, SomeUsesAreNotSeen) {
  const Result reads = outcome([] {
    int* block = make(4);
    read(block + 4);
    drop(block);
  });
  EXPECT_EQ(reads.verdict, Verdict::holds);
  const Result late = outcome([] {
    for (std::size_t i = 0; i < fiber::Arena::most_guarded; ++i) drop(make(4));
    int* block = make(4);
    drop(block);
    write(block, 1);
  });
  EXPECT_EQ(late.verdict, Verdict::holds);
}

}  // namespace
}  // namespace heddle

#endif
