// A loop is a wait only if nothing that the thread remembers differs from round to round: one test
// per row of the table in docs/EXPLORATION.md.
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <cfenv>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <iostream>
#include <locale>
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

#ifndef HEDDLE_ASAN  // there it is the sanitizer's
TEST(Remembered, BlocksOfMalloc) {
  const auto body = [] {
    api::atomic<int> x{0};
    run_threads(
        [&x] {
          const Counter counter{static_cast<int*>(std::calloc(1, sizeof(int)))};
          while (x.load() == 0) counter.step();
          const bool is_one = counter.is_one();
          std::free(const_cast<int*>(counter.value));
          api::check(!is_one, "one round failed");
        },
        [&x] { x.store(1); });
  };
  const Result result = check_body(body);
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_TRUE(result.counterexample.has_value());
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::assertion_failed);
}

/// realpath() is the library's, and so is its call of malloc().
TEST(Remembered, BlocksThatALibraryAllocates) {
  expect_counted([]() -> std::pair<Step, Question> {
    char* path = realpath("/", nullptr);
    return {[path] { *static_cast<volatile char*>(path) = '/' + 1; },
            [path] {
              const bool is_one = *static_cast<volatile char*>(path) == '/' + 1;
              std::free(path);
              return is_one;
            }};
  });
}
#endif

#ifndef HEDDLE_ASAN  // there calls are not counted
TEST(Remembered, StatesOfTheLibrary) {
  expect_counted([]() -> std::pair<Step, Question> {
    srand48(7);
    lrand48();
    const long second = lrand48();
    srand48(7);
    return {[] { lrand48(); }, [second] { return lrand48() == second; }};
  });
}

TEST(Remembered, PositionsInFiles) {
  expect_counted([]() -> std::pair<Step, Question> {
    FILE* file = std::tmpfile();
    return {[file] { std::fprintf(file, "%.1f", 0.5); },
            [file] {
              const bool is_one = std::ftell(file) == 3;
              std::fclose(file);
              return is_one;
            }};
  });
}

#endif

/// Whether a loop that makes that call is taken for a wait. If not it does not end.
bool waits_with(void (*call)()) {
  const auto body = [call] {
    api::atomic<int> x{0};
    run_threads(
        [&x, call] {
          while (x.load() == 0) call();
        },
        [&x] { x.store(1); });
  };
  const Result result = check_body(body, {.steps = 60});
  EXPECT_EQ(result.verdict == Verdict::holds, result.executions.complete == 1);
  return result.verdict == Verdict::holds;
}

char none[] = "";

#ifndef HEDDLE_ASAN
FILE* opened = nullptr;

TEST(Remembered, CallsThatKeepSomethingAreNoWaits) {
  opened = std::fopen("/dev/null", "r+");
  static char text[] = "text";
  static char block[64];
  EXPECT_TRUE(waits_with([] {}));
  int number = 0;
  for (const auto call : std::initializer_list<void (*)()>{
           [] { srand48(1); },
           [] { drand48(); },
           [] { std::strtok(text, " "); },
           [] { std::setlocale(LC_ALL, nullptr); },
           [] { std::fflush(opened); },
           [] { std::fputs(none, opened); },
           [] { std::fgetc(opened); },
           [] { std::rewind(opened); },
           [] { [[maybe_unused]] const auto bytes = read(fileno(opened), block, 1); },
           [] { [[maybe_unused]] const auto bytes = write(fileno(opened), block, 1); },
           [] { lseek(fileno(opened), 0, SEEK_SET); },
           [] { syscall(SYS_getpid); },
           [] { std::locale::global(std::locale::classic()); },
       }) {
    EXPECT_FALSE(waits_with(call)) << number;
    ++number;
  }
  std::fclose(opened);
}

#endif

/// What is put out does not come back (Refusals.OfPositionsInOutput).
TEST(Remembered, OutputIsNotRemembered) {
  EXPECT_TRUE(waits_with([] { std::fputs(none, stdout); }));
  EXPECT_TRUE(waits_with([] { std::fflush(stderr); }));
  EXPECT_TRUE(waits_with([] { std::printf("%s", none); }));
  EXPECT_TRUE(waits_with([] { std::cout << none << std::flush; }));
  EXPECT_TRUE(waits_with([] { [[maybe_unused]] const auto bytes = write(1, "", 0); }));
}

#ifndef HEDDLE_ASAN
/// Memory that is mapped is not looked at, so nobody is taken to wait: not by thread 1's loop.
TEST(Remembered, WithMappedMemoryNothingIsAWait) {
  EXPECT_FALSE(waits_with([] {
    constexpr std::size_t bytes = 4096;
    munmap(mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), bytes);
  }));
}

TEST(Remembered, PredicatesOfAwaitsKeepNothing) {
  const Result result = check_body([] {
    api::atomic<int> x{0};
    run_threads([&x] { api::await([&x] { return x.load() == 1 + lrand48(); }); });
  });
  EXPECT_EQ(result.verdict, Verdict::broken);
  ASSERT_TRUE(result.counterexample.has_value());
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::misuse);
}

#endif

/// On a stack that the thread makes itself nothing is compared.
TEST(Remembered, OwnStacksAreNoWaits) {
  const auto body = [] {
    api::atomic<int> x{0};
    const auto wait = [&x] {
      int rounds = 0;
      while (x.load() == 0 && rounds < 2) ++rounds;
    };
    run_threads(
        [&wait] {
          static constexpr std::size_t bytes = 64 << 10;
          struct Other {
            ucontext_t here{};
            ucontext_t there{};
            const std::function<void()> body;
            std::unique_ptr<std::byte[]> stack = std::make_unique<std::byte[]>(bytes);
          };
          const auto other = std::make_unique<Other>(Other{.body = wait});
          getcontext(&other->there);
          other->there.uc_stack.ss_sp = other->stack.get();
          other->there.uc_stack.ss_size = bytes;
          other->there.uc_link = &other->here;
          const auto at = reinterpret_cast<std::uintptr_t>(other.get());
          constexpr unsigned half = 32;
          void (*const start)(unsigned, unsigned) = [](unsigned high, unsigned low) {
            reinterpret_cast<const Other*>(std::uintptr_t{high} << half | low)->body();
          };
          makecontext(&other->there, reinterpret_cast<void (*)()>(start), 2,
                      static_cast<unsigned>(at >> half), static_cast<unsigned>(at));
          swapcontext(&other->here, &other->there);
        },
        [&x] { x.store(1); });
  };
  const Result result = count_body(body, "sc");
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
  EXPECT_EQ(result.executions.complete, 4U);  // by the rounds: 1; 0 1; 0 0 1; 0 0 0
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
