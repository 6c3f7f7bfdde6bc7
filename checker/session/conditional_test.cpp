// What locks are made of: conditional additions, waits that may be given up, memory of a thread's
// own.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::var;

constexpr unsigned all = ~0U;

class Conditional : public testing::TestWithParam<const char*> {
 protected:
  Result expect_holds(std::function<void()> body, std::uint64_t complete) const {
    Result result = count_body(std::move(body), GetParam());
    EXPECT_EQ(result.verdict, Verdict::holds)
        << (result.counterexample ? result.counterexample->violation->message : result.reason);
    EXPECT_EQ(result.executions.complete, complete);
    return result;
  }
};

/// A lock whose word counts its owners: as many executions as there are orders of the threads.
void lock_by_addition(int threads) {
  atomic<unsigned> owners{0};
  var<int> data(0);
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < threads; ++i) {
    numbers.push_back(api::spawn([&owners, &data] {
      api::await([&] { return owners.add_if_clear(all, 1U, acquire, relaxed).added; });
      data.set(data.get() + 1);
      owners.fetch_sub(1U, release);
    }));
  }
  for (const std::uint32_t number : numbers) api::join(number);
  api::check(data.get() == threads, "every thread came");
}

TEST_P(Conditional, AdditionsMakeALock) {
  expect_holds([] { lock_by_addition(2); }, 2);
  expect_holds([] { lock_by_addition(3); }, 6);
  expect_holds([] { lock_by_addition(4); }, 24);
}

/// Readers count up where no writer is, one writer comes where nobody is.
TEST_P(Conditional, AdditionsLetReadersInTogether) {
  constexpr unsigned writer = 1U << 16;
  const auto body = [] {
    atomic<unsigned> word{0};
    var<int> data(0);
    const auto read = [&] {
      api::await([&] { return word.add_if_clear(writer, 1U, acquire, relaxed).added; });
      data.get();
      word.fetch_sub(1U, release);
    };
    const auto write = [&] {
      api::await([&] { return word.add_if_clear(all, writer, acquire, relaxed).added; });
      data.set(1);
      word.fetch_sub(writer, release);
    };
    run_threads(read, read, write);
  };
  // The additions of the readers take turns in 6 ways (each comes before it goes); the writer is
  // ahead of all, behind all, or in one of the 2 of the 6 gaps where nobody is in: 6 + 6 + 2.
  expect_holds(body, 14);
}

TEST_P(Conditional, SubtractionsTakeFromASemaphore) {
  const auto body = [](unsigned count) {
    atomic<unsigned> left{count};
    atomic<unsigned> taken{0};
    const auto take = [&] {
      if (left.add_if_set(all, ~0U, acquire, relaxed).added) taken.fetch_add(1U, relaxed);
    };
    const auto one = api::spawn(take);
    const auto two = api::spawn(take);
    api::join(one);
    api::join(two);
    api::check(taken.load(relaxed) == std::min(count, 2U), "no more than there are");
  };
  expect_holds([&] { body(0); }, 1);
  expect_holds([&] { body(1); }, 2);
  expect_holds([&] { body(2); }, 4);  // two orders of taking, two of counting
}

TEST_P(Conditional, AdditionsThatFailTakeTheOrderOfFailure) {
  for (const auto failure : {relaxed, acquire}) {
    const Result result = count_body(
        [failure] {
          atomic<unsigned> word{0};
          var<int> data(0);
          run_threads(
              [&] {
                data.set(1);
                word.store(1U, release);
              },
              [&] {
                if (word.add_if_clear(1U, 2U, relaxed, failure).read == 1U) data.get();
              });
        },
        GetParam());
    // In the other models every load acquires, or the hardware's order is what counts.
    const std::string model = GetParam();
    if (model != "rc11" && model != "cpp20") continue;
    const bool races = failure == relaxed;
    EXPECT_EQ(result.verdict, races ? Verdict::violated : Verdict::holds);
  }
}

TEST_P(Conditional, WaitsThatAreGivenUpAreNoDeadlocks) {
  const auto body = [](bool set) {
    atomic<int> flag{0};
    run_threads(
        [&] {
          if (set) flag.store(1, release);
        },
        [&] {
          if (api::choose(2) == 0) {
            api::await_or_give_up([&] { return flag.load(acquire) != 0; });
          }
        });
  };
  expect_holds([&] { body(true); }, 2);
  EXPECT_EQ(expect_holds([&] { body(false); }, 1).executions.blocked, 1U);
}

TEST_P(Conditional, AWaitThatIsGivenUpHidesNoDeadlockOfOthers) {
  const Result result = check_body(
      [] {
        atomic<int> never{0};
        run_threads([&] { api::await([&] { return never.load() != 0; }); },
                    [&] {
                      if (api::choose(2) != 0) return;
                      api::await_or_give_up([&] { return never.load() != 0; });
                    });
      },
      {.model = GetParam()});
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::deadlock);
}

TEST_P(Conditional, ThreadsHaveASlotAndMemory) {
  const auto body = [] {
    atomic<int> x{0};
    const auto count = [&x](int times) {
      api::Engine& engine = api::engine(api::Site::current());
      for (int i = 0; i < times; ++i) {
        void*& slot = engine.thread_slot();
        if (slot == nullptr) slot = engine.thread_memory(sizeof(int));
        x.fetch_add(1, relaxed);
        ++*static_cast<int*>(slot);
      }
      api::check(*static_cast<int*>(engine.thread_slot()) == times, "memory of one's own");
    };
    run_threads([&] { count(2); }, [&] { count(1); });
    api::check(api::engine(api::Site::current()).thread_slot() == nullptr, "nothing yet");
  };
  expect_holds(body, 3);
}

TEST_P(Conditional, TryLockFailsSpuriouslyOnRequest) {
  const auto body = [] {
    api::mutex m;
    if (m.try_lock()) m.unlock();
  };
  EXPECT_EQ(count_body(body, GetParam()).executions.complete, 1U);
  EXPECT_EQ(count_body(body, GetParam(), true).executions.complete, 2U);
}

TEST_P(Conditional, NotesAreInTheTrace) {
  const Result result = check_body(
      [] {
        api::note("so far so good");
        api::check(false, "not any more");
      },
      {.model = GetParam()});
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->steps.at(0).operation, "note");
  EXPECT_EQ(result.counterexample->steps.at(0).note, "so far so good");
}

/// Both a race and a failed check are there; one that is not is not found.
TEST_P(Conditional, ARunLooksForOneKind) {
  const auto body = [] {
    var<int> data(0);
    run_threads([&] { data.set(1); }, [&] { api::check(data.get() == 0, "unwritten"); },
                [] { api::check(api::choose(2) == 0, "chosen"); });
  };
  for (const auto kind : {ViolationKind::data_race, ViolationKind::assertion_failed}) {
    const Result result = check_body(body, {.model = GetParam(), .wanted = kind});
    EXPECT_EQ(result.verdict, Verdict::violated);
    EXPECT_EQ(result.counterexample->violation->kind, kind);
  }
  const Result other = check_body(body, {.model = GetParam(), .wanted = ViolationKind::deadlock});
  EXPECT_EQ(other.verdict, Verdict::violated);
  EXPECT_NE(other.counterexample->violation->kind, ViolationKind::deadlock);
}

INSTANTIATE_TEST_SUITE_P(Of, Conditional, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace heddle
