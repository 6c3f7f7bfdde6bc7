// malloc() and its like in scenario code: blocks are watched like those of operator new.
#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "checker/fiber/sanitizer.hpp"
#include "checker/session/errors_test_support.hpp"

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(HEDDLE_ASAN)

namespace heddle {
namespace {

#define APART __attribute__((noinline))

// Not inlined: else the compiler drops blocks, and what is undefined.
APART void* allocated(std::size_t bytes) { return std::malloc(bytes); }
APART void* cleared(std::size_t count, std::size_t bytes) { return std::calloc(count, bytes); }
APART void* resized(void* block, std::size_t bytes) { return std::realloc(block, bytes); }
APART void* resized_to(void* block, std::size_t count, std::size_t bytes) {
  return reallocarray(block, count, bytes);
}
APART void drop(void* block) { std::free(block); }
APART void keep([[maybe_unused]] const void* block) { asm volatile("" : : "r"(block) : "memory"); }
APART void write(volatile char* at, char value) { *at = value; }
APART char read(const volatile char* at) { return *at; }

void expect(const std::function<void()>& body, ViolationKind kind) {
  const Result result = check_body(body);
  EXPECT_EQ(result.verdict, Verdict::violated) << result.reason;
  ASSERT_TRUE(result.counterexample && result.counterexample->violation);
  EXPECT_EQ(result.counterexample->violation->kind, kind)
      << result.counterexample->violation->message;
  const Result again = replay({.name = "test", .body = body}, *result.counterexample);
  EXPECT_EQ(again.verdict, Verdict::violated) << again.reason;
}

void expect_holds(const std::function<void()>& body) {
  const Result result = check_body(body, {.self_check = true});
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
}

TEST(Malloc, LeaksAreFound) {
  expect([] { run_threads([] { allocated(4); }); }, ViolationKind::leak);
}

/// Each function that returns a block to be freed.
TEST(Malloc, LeaksOfEachFunctionAreFound) {
  constexpr std::size_t bytes = 32;
  for (const auto allocate : std::initializer_list<void (*)()>{
           [] { keep(std::calloc(2, bytes)); },
           [] { keep(resized(nullptr, bytes)); },
           [] { keep(resized(allocated(4), bytes)); },
           [] { keep(resized_to(nullptr, 2, bytes)); },
           [] { keep(std::aligned_alloc(bytes, bytes)); },
           [] { keep(memalign(bytes, bytes)); },
           [] { keep(valloc(bytes)); },
           [] { keep(strdup("text")); },
           [] { keep(strndup("text", 2)); },
           [] {
             char* text = nullptr;
             (void)!asprintf(&text, "%d", 1);
           },
           [] {
             void* result = nullptr;
             (void)!posix_memalign(&result, bytes, bytes);
           },
       }) {
    expect([allocate] { run_threads(allocate); }, ViolationKind::leak);
  }
}

TEST(Malloc, UsesAfterFreeAreFound) {
  expect(
      [] {
        api::atomic<int> x{0};
        auto* block = static_cast<char*>(allocated(4));
        run_threads([&] { drop(block), x.store(1); }, [&] { x.load(), read(block); });
      },
      ViolationKind::use_after_free);
  expect(
      [] {
        run_threads([] {
          auto* block = static_cast<char*>(allocated(4));
          resized(block, 0);  // frees it
          write(block, 1);
        });
      },
      ViolationKind::use_after_free);
}

TEST(Malloc, BlocksAreFreedOnce) {
  expect(
      [] {
        void* block = allocated(4);
        drop(block);
        drop(block);
      },
      ViolationKind::double_free);
}

TEST(Malloc, RacesAreFound) {
  expect(
      [] {
        auto* block = static_cast<char*>(allocated(4));
        run_threads([=] { write(block, 1); }, [=] { write(block, 2); });
        drop(block);
      },
      ViolationKind::data_race);
  // Who resizes a block reads it.
  expect(
      [] {
        auto* block = static_cast<char*>(allocated(4));
        char* moved = nullptr;
        run_threads([=] { write(block, 1); },
                    [=, &moved] { moved = static_cast<char*>(resized(block, 8)); });
        drop(moved);
      },
      ViolationKind::data_race);
}

TEST(Malloc, GivesWhatItSays) {
  expect_holds([] {
    char* text = strdup("some text");
    text = static_cast<char*>(resized(text, 100));
    api::check(std::strcmp(text, "some text") == 0, "kept");
    api::check(malloc_usable_size(text) == 100, "as large as asked for");
    drop(text);
    char* printed = nullptr;
    api::check(asprintf(&printed, "%d %.2f %s", 7, 0.25, "x") == 8, "length");
    api::check(std::strcmp(printed, "7 0.25 x") == 0, "text");
    drop(printed);
    constexpr std::size_t bytes = 256;
    void* block = std::aligned_alloc(bytes, 1);
    api::check(reinterpret_cast<std::uintptr_t>(block) % bytes == 0, "aligned");
    drop(block);
    api::check(posix_memalign(&block, 3, 1) == EINVAL, "no power of two");
    drop(nullptr);
    void* none = allocated(0);
    api::check(none != nullptr, "a block without bytes");
    drop(none);
  });
}

TEST(Malloc, RefusesWhatThereIsNot) {
  static volatile std::size_t most = std::numeric_limits<std::size_t>::max();
  expect_holds([] {
    errno = 0;
    api::check(allocated(most) == nullptr && errno == ENOMEM, "malloc");
    api::check(cleared(most, most) == nullptr, "calloc");
    void* block = allocated(4);
    api::check(resized_to(block, most, 2) == nullptr, "reallocarray");
    api::check(resized(block, most) == nullptr, "realloc");
    drop(block);
  });
}

TEST(Malloc, LinesOfFilesAreBlocks) {
  expect_holds([] {
    FILE* file = std::tmpfile();
    std::fputs("first\nsecond, which is longer", file);
    std::rewind(file);
    char* line = nullptr;
    std::size_t bytes = 0;
    api::check(getline(&line, &bytes, file) == 6 && std::strcmp(line, "first\n") == 0, "first");
    api::check(getdelim(&line, &bytes, ',', file) == 7 && std::strcmp(line, "second,") == 0,
               "second");
    std::fseek(file, 0, SEEK_END);
    api::check(getline(&line, &bytes, file) == -1, "end");
    std::fclose(file);
    drop(line);
  });
}

/// One thread may free what another one allocated.
TEST(Malloc, BlocksGoFromThreadToThread) {
  expect_holds([] {
    api::atomic<char*> passed{nullptr};
    run_threads(
        [&] {
          auto* block = static_cast<char*>(allocated(4));
          write(block, 7);
          passed.store(block, release);
        },
        [&] {
          api::await([&] { return passed.load(acquire) != nullptr; });
          char* block = passed.load(acquire);
          api::check(read(block) == 7, "passed on");
          drop(block);
        });
  });
}

/// Blocks from before the run are the system's, and so are those of static variables.
TEST(Malloc, BlocksOfOthersStayTheirs) {
  char* outside = strdup("outside");
  expect_holds([outside] {
    api::atomic<int> x{0};
    x.store(outside[0]);
    static char* kept = strdup("kept");
    api::check(std::strcmp(kept, "kept") == 0, "kept");
    std::printf("%s", "");  // the library's buffer
    std::tmpfile();
  });
  outside = static_cast<char*>(resized(outside, 100));
  EXPECT_STREQ(outside, "outside");
  std::free(outside);
}

}  // namespace
}  // namespace heddle

#endif
