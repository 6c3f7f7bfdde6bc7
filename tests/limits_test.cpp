// What heddle does not do, or does not see: each case shows one limit that docs/LIMITS.md names.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <regex>
#include <sstream>

#include "checker/fiber/sanitizer.hpp"
#include "checker/session/errors_test_support.hpp"

// Plain accesses to what the checker hides are meant to reach it, not a sanitizer.
#define UNSANITIZED __attribute__((noinline, no_sanitize("address", "undefined")))

namespace heddle {
namespace {

using api::atomic;
using api::var;

void expect_holds(const std::function<void()>& body, std::uint64_t complete,
                  const std::string& model = default_model) {
  const Result result = count_body(body, model);
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
  EXPECT_EQ(result.executions.complete, complete);
}

void expect_found(const Result& result, Verdict verdict, ViolationKind kind) {
  EXPECT_EQ(result.verdict, verdict);
  ASSERT_TRUE(result.counterexample && result.counterexample->violation);
  EXPECT_EQ(result.counterexample->violation->kind, kind);
}

/// C++ allows both loads to read 1, a fourth execution; with po + rf acyclic they can't.
TEST(KnownLimits, NoLoadBuffering) {
  expect_holds(
      [] {
        atomic<int> x{0};
        atomic<int> y{0};
        const auto pass = [](atomic<int>& from, atomic<int>& to) {
          from.load(relaxed);
          to.store(1, relaxed);
        };
        run_threads([&] { pass(x, y); }, [&] { pass(y, x); });
      },
      3);
}

/// The same thread's relaxed store goes on with the release sequence in RC11 and C++11. In C++20 it
/// ends it, and the read of `data` is a race.
TEST(KnownLimits, ReleaseSequencesOfRc11) {
  const auto body = [] {
    var<int> data{0};
    atomic<int> x{0};
    run_threads(
        [&] {
          data.set(1);
          x.store(1, release);
          x.store(2, relaxed);
        },
        [&] {
          if (x.load(acquire) == 2) data.get();
        });
  };
  expect_holds(body, 3, "rc11");
  expect_found(check_body(body, {.model = "cpp20"}), Verdict::violated, ViolationKind::data_race);
}

/// No value depends on the flag, so consume would not order the read of `data`.
TEST(KnownLimits, ConsumeActsAsAcquire) {
  expect_holds(
      [] {
        var<int> data{0};
        atomic<bool> ready{false};
        run_threads(
            [&] {
              data.set(1);
              ready.store(true, release);
            },
            [&] {
              if (ready.load(std::memory_order_consume)) data.get();
            });
      },
      2);
}

/// A loop that counts its rounds is another state in each of them.
TEST(KnownLimits, CountingLoopsAreExploredAsWritten) {
  const auto loop = [](int most) {
    return [most] {
      atomic<bool> flag{false};
      run_threads(
          [&] {
            volatile int rounds = 0;
            while (rounds < most && !flag.load()) {
              rounds = rounds + 1;
            }
          },
          [&] { flag.store(true); });
    };
  };
  expect_holds(loop(3), 4);
  const Result endless = check_body(loop(1 << 30), {.steps = 200});
  EXPECT_EQ(endless.verdict, Verdict::incomplete);
}

/// Each round writes, so none is like the one before.
TEST(KnownLimits, RetriesWithEffectsAreExploredAsWritten) {
  const Result result = check_body(
      [] {
        atomic<bool> a{false};
        atomic<bool> b{false};
        const auto enter = [](atomic<bool>& mine, atomic<bool>& other) {
          for (mine.store(true); other.load(); mine.store(true)) mine.store(false);
        };
        run_threads([&] { enter(a, b); }, [&] { enter(b, a); });
      },
      {.steps = 60});
  EXPECT_EQ(result.verdict, Verdict::incomplete);
}

/// A state is looked for among the last 64 operations of its thread.
TEST(KnownLimits, RoundsOfSpinLoopsHaveAMostLength) {
  const auto loop = [](int loads) {
    return [loads] {
      atomic<bool> flag{false};
      atomic<int> other{0};
      run_threads(
          [&] {
            do {
              for (int i = 0; i < loads; ++i) other.load();
            } while (!flag.load());
          },
          [&] { flag.store(true); });
    };
  };
  EXPECT_EQ(check_body(loop(10), {.steps = 500}).verdict, Verdict::holds);
  EXPECT_EQ(check_body(loop(70), {.steps = 500}).verdict, Verdict::incomplete);
}

/// Nothing in C++ makes the store visible at any time; heddle takes for granted that it will be.
TEST(KnownLimits, StoresBecomeVisibleInTheEnd) {
  expect_holds(
      [] {
        atomic<bool> flag{false};
        run_threads(
            [&] {
              while (!flag.load(relaxed)) {
              }
            },
            [&] { flag.store(true, relaxed); });
      },
      1);
}

/// Threads 1 and 2 wait for thread 3, and thread 1 also for thread 2. What it reads in a round that
/// thread 2 comes too late for leads nowhere.
TEST(KnownLimits, AwaitsOfSeveralLoadsCostBlockedExecutions) {
  const auto wait = [](bool one_load) {
    return [one_load] {
      atomic<int> x{0};
      atomic<int> y{0};
      atomic<int> z{0};
      run_threads([&] { api::await([&] { return (one_load || x.load() == 1) && y.load() == 1; }); },
                  [&] {
                    api::await([&] { return z.load() == 1; });
                    y.store(1);
                  },
                  [&] {
                    x.store(1);
                    z.store(1);
                  });
    };
  };
  const Result one = count_body(wait(true), "rc11");
  EXPECT_EQ(one.executions.complete, 1U);
  EXPECT_EQ(one.executions.blocked, 0U);
  const Result several = count_body(wait(false), "rc11");
  EXPECT_EQ(several.verdict, Verdict::holds);
  EXPECT_EQ(several.executions.complete, 1U);
  EXPECT_GT(several.executions.blocked, 0U);
}

/// The invariant sees x before y in every state; a thread may see them the other way round.
TEST(KnownLimits, InvariantsSeeTheLatestWrites) {
  const auto body = [](bool by_thread) {
    return [by_thread] {
      atomic<int> x{0};
      atomic<int> y{0};
      const auto property = [&] {
        const int late = y.load(relaxed);
        api::check(x.load(relaxed) >= late, "x is written first");
      };
      api::invariant(property);
      run_threads(
          [&] {
            x.store(1, relaxed);
            y.store(1, relaxed);
          },
          [&property, by_thread] {
            if (by_thread) property();
          });
    };
  };
  expect_holds(body(false), 1);
  expect_found(check_body(body(true)), Verdict::violated, ViolationKind::assertion_failed);
}

/// What an execution that is given up went through is not looked at.
TEST(KnownLimits, ExecutionsWithoutAnEndAreNotSearched) {
  const Result result = count_body(
      [] {
        atomic<int> x{0};
        api::invariant([&x] { api::check(x.load() == 0, "always 0"); });
        run_threads([&x] {
          x.store(new int(1) == nullptr ? 2 : 3);
          api::assume(false);
        });
      },
      "rc11");
  EXPECT_EQ(result.verdict, Verdict::incomplete) << "not violated; and no execution is left";
  EXPECT_EQ(result.executions.blocked, 1U);
}

/// The system finds the memory closed.
TEST(KnownLimits, SystemCallsCannotUseSharedMemory) {
  expect_holds(
      [] {
        const auto path = std::make_unique<std::array<char, 2>>();
        atomic<bool> ready{false};
        run_threads(
            [&] {
              (*path)[0] = '/';
              ready.store(true, release);
            },
            [&] {
              if (!ready.load(acquire)) return;
              const bool found = access(path->data(), F_OK) == 0;
              api::check(!found && errno == EFAULT && (*path)[0] == '/', "the call fails");
            });
      },
      2);
}

TEST(KnownLimits, PlainMemoryBeginsWithZeros) {
  expect_holds(
      [] {
        const std::unique_ptr<volatile int> plain(new volatile int);
        run_threads([&] { api::check(*plain == 0, "nobody wrote it"); },
                    [&] { api::check(*plain == 0, "nobody wrote it"); });
      },
      1);
}

/// Whole vectors are read where only some bytes are asked for: a neighbour's change is a race then.
TEST(KnownLimits, StringFunctionsReadBeyondTheString) {
  struct Named {
    char name[8] = "name";
    volatile int count = 0;
  };
  const Result result = check_body([] {
    const auto named = std::make_unique<Named>();
    run_threads([&] { api::check(std::strlen(named->name) == 4, "its length"); },
                [&] { named->count = 1; });
  });
  expect_found(result, Verdict::violated, ViolationKind::data_race);
}

/// Plain loads and stores is what acquire loads and release stores are compiled to.
TEST(KnownLimits, StandardAtomicsWithoutLockedInstructionsArePlain) {
  const Result result = check_body([] {
    const auto x = std::make_unique<std::atomic<int>>(0);
    run_threads([&] { x->store(1, std::memory_order_release); },
                [&] { x->load(std::memory_order_acquire); });
  });
  expect_found(result, Verdict::violated, ViolationKind::data_race);
}

/// A std::atomic is memory like any other.
TEST(KnownLimits, StandardAtomicsAreNotModelled) {
  const Result result = check_body([] {
    std::atomic<int> x{0};
    run_threads([&] { x.store(1); });
  });
  expect_found(result, Verdict::broken, ViolationKind::unmodelled_memory);
}

/// Memory from before the run belongs to no thread and is not watched.
TEST(KnownLimits, HeapFromOutsideIsNotSeen) {
  const auto outside = std::make_unique<int>(0);
  int* const place = outside.get();
  expect_holds([place] { run_threads([=] { ++*place; }, [=] { --*place; }); }, 1);
}

/// What a library allocates from within is the system's: not released, it is no leak.
TEST(KnownLimits, BlocksOfLibrariesAreNotWatched) {
  const auto kept = std::make_unique<std::array<void*, 64>>();
  const auto count = std::make_unique<std::size_t>(0);
  expect_holds(
      [blocks = kept.get(), n = count.get()] {
        run_threads([=] { blocks->at((*n)++) = realpath("/", nullptr); });
      },
      1);
  EXPECT_GT(*count, 0U);
  for (std::size_t i = 0; i < *count; ++i) std::free((*kept)[i]);
}

/// Looked at: the first 256 runs of scenario code, then every 64th. This change is in the 502nd.
TEST(KnownLimits, GlobalsAreSampled) {
  static volatile int global = 0;
  const auto change_at = [](std::uint32_t value) {
    return [value] {
      if (api::choose(1000) == value) global = global + 1;
    };
  };
  expect_holds(change_at(500), 1000);
#ifndef HEDDLE_ASAN  // there they are not watched at all
  expect_found(check_body(change_at(5)), Verdict::broken, ViolationKind::unmodelled_memory);
#endif
}

struct Guard {
  int* places;
  explicit Guard(int* counts) : places(counts) { ++places[0]; }
  ~Guard() { ++places[1]; }
};

/// A thread that is given up is not unwound.
TEST(KnownLimits, AbandonedThreadsRunNoDestructors) {
  const auto counts = std::make_unique<std::array<int, 2>>();
  const Result result = check_body([places = counts->data()] {
    const Guard guard(places);
    api::assume(false);
  });
  EXPECT_EQ(result.executions.blocked, 1U);
  EXPECT_EQ((*counts)[0], 1);
  EXPECT_EQ((*counts)[1], 0);
}

/// What a thread does outside of the model happens per run of its code, not per execution.
TEST(KnownLimits, SideEffectsDoNotFollowExecutions) {
  const auto count = std::make_unique<int>(0);
  const Result result = check_body([place = count.get()] {
    atomic<int> x{0};
    const auto read = [&x, place] {
      ++*place;
      x.load();
    };
    run_threads([&] { x.store(1); }, read, read, read);
  });
  EXPECT_EQ(result.executions.complete, 8U);
  EXPECT_LT(*count, 3 * 8);
}

/// So a bug that needs an address to come back (ABA) is not found.
TEST(KnownLimits, AddressesAreNotReused) {
  expect_holds(
      [] {
        atomic<int*> first{new int(1)};
        delete first.load();
        atomic<int*> second{new int(2)};
        api::check(first.load() != second.load(), "another address");
        delete second.load();
      },
      1);
}

UNSANITIZED char use_large_frame() {
  volatile char frame[1 << 20];
  volatile std::size_t at = 0;  // so that no compiler cuts the frame down
  frame[at] = 1;
  return frame[at];
}

/// It misses the guard page, so it is only known to be a crash.
TEST(KnownLimits, LargeFramesCrash) {
  const Result result = check_body([] { run_threads([] { use_large_frame(); }); });
  expect_found(result, Verdict::broken, ViolationKind::crash);
}

/// Freed blocks count, as their addresses are not used again.
TEST(KnownLimits, AThreadAllocatesAtMost64MiB) {
  const auto blocks = [](int count) {
    return [count] {
      atomic<char*> place{nullptr};
      for (int i = 0; i < count; ++i) {
        place.store(new char[16 << 20]);
        delete[] place.load();
      }
    };
  };
  expect_holds(blocks(4), 1);
  expect_found(check_body(blocks(5)), Verdict::violated, ViolationKind::escaped_exception);
}

/// Objects are accessed as a whole and in one way.
TEST(KnownLimits, AnObjectIsOfOneKind) {
  static_assert(!api::AtomicValue<std::string>);
  const Result result = check_body([] {
    alignas(8) std::array<std::byte, sizeof(atomic<int>)> storage;
    new (storage.data()) atomic<int>(0);
    new (storage.data()) atomic<char>(0);
  });
  expect_found(result, Verdict::broken, ViolationKind::misuse);
}

/// After five seconds of processor time nobody waits any longer.
TEST(KnownLimits, LongComputationsCountAsEndless) {
  const Result result = check_body([] {
    volatile bool goes_on = true;
    while (goes_on) {
    }
  });
  expect_found(result, Verdict::violated, ViolationKind::endless_spin);
}

/// No call of ours is on the way from fgetc() to the system. It is given up in the second second.
TEST(KnownLimits, CallsThatWaitAreGivenUp) {
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  std::FILE* const empty = fdopen(ends[0], "r");
  const Result result = check_body([empty] { std::fgetc(empty); });
  expect_found(result, Verdict::broken, ViolationKind::unmodelled_call);
  EXPECT_NE(result.counterexample->violation->message.find("waits in the system call read"),
            std::string::npos);
  EXPECT_LT(result.seconds, 20.0);
}

/// Whoever reads it may take his time. Limits are looked at between operations only.
TEST(KnownLimits, OutputThatNobodyReadsIsWaitedFor) {
  const auto run = [] {
    int ends[2] = {};
    if (pipe(ends) != 0) return;
    alarm(3);
    check_body(
        [&ends] {
          const std::string text(1 << 20, 'x');
          [[maybe_unused]] const auto count = write(ends[1], text.data(), text.size());
        },
        {.seconds = 0.01});
  };
  EXPECT_EXIT(run(), testing::KilledBySignal(SIGALRM), "");
}

/// Every `Suite.Case` that the page names is one.
TEST(KnownLimits, ThePageNamesTests) {
  const std::filesystem::path top = HEDDLE_SOURCE_DIR;
  std::ostringstream sources;
  for (const char* folder : {"checker", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
      if (entry.path().extension() == ".cpp") sources << std::ifstream(entry.path()).rdbuf();
    }
  }
  std::ostringstream page;
  page << std::ifstream(top / "docs/LIMITS.md").rdbuf();
  const std::string text = page.str();
  const std::string code = sources.str();
  const std::regex names("`([A-Z]\\w+)\\.([A-Z]\\w+)`");
  int count = 0;
  for (std::sregex_iterator it(text.begin(), text.end(), names), end; it != end; ++it, ++count) {
    const std::string body = "(" + it->str(1) + ", " + it->str(2) + ")";
    bool known = false;
    for (const char* kind : {"TEST", "TEST_P", "TEST_F"}) {
      known |= code.find(kind + body) != code.npos;
    }
    EXPECT_TRUE(known) << it->str();
  }
  EXPECT_GT(count, 20);
}

}  // namespace
}  // namespace heddle
