// Conditions that hold in every state: found where they fail, and repeated by a replay.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::var;

class Invariants : public testing::TestWithParam<std::string> {
 protected:
  void expect_violation(ViolationKind kind, const std::function<void()>& body) {
    const Result result = check_body(body, {.model = GetParam()});
    ASSERT_TRUE(result.counterexample) << result.reason;
    EXPECT_EQ(result.counterexample->violation->kind, kind)
        << result.counterexample->violation->message;
    const Result again = replay(scenario_of("test", body), *result.counterexample);
    EXPECT_EQ(again.verdict, Verdict::violated) << again.reason;
  }
};

TEST_P(Invariants, FailInAStateInTheMiddle) {
  expect_violation(ViolationKind::invariant_failed, [] {
    atomic<int> x{0};
    atomic<int> y{0};
    api::invariant([&] { api::check(x.load() == y.load(), "they are equal in between"); });
    run_threads(
        [&] {
          x.store(1);
          y.store(1);
        },
        [&] { y.load(); });
  });
}

TEST_P(Invariants, FailInTheLastState) {
  expect_violation(ViolationKind::invariant_failed, [] {
    atomic<int> x{0};
    api::invariant([&] { api::check(x.load() < 2, "at most one"); });
    run_threads([&] { x.fetch_add(1); }, [&] { x.fetch_add(1); });
  });
}

/// Of two things that are wrong with an execution, a replay shows the one that was recorded.
TEST_P(Invariants, FailBesideAThreadThatWaitsForEver) {
  expect_violation(ViolationKind::endless_spin, [] {
    atomic<int> x{0};
    api::invariant([&] { api::check(x.load() == 0, "it stays"); });
    run_threads([&] { x.store(1); },
                [&] {
                  while (x.load() != 2) {
                  }
                });
  });
}

TEST_P(Invariants, MustNotReadWhatHasNoValue) {
  expect_violation(ViolationKind::uninitialised_read, [] {
    var<int> data;
    api::invariant([&] { api::check(data.get() < 2, "small"); });
    run_threads([&] { data.set(1); });
  });
}

TEST_P(Invariants, HoldInEveryState) {
  const Result result = check_body(
      [] {
        atomic<int> x{0};
        api::invariant([&] { api::check(x.load() <= 2, "at most two"); });
        run_threads([&] { x.fetch_add(1); }, [&] { x.fetch_add(1); });
      },
      {.model = GetParam()});
  EXPECT_EQ(result.verdict, Verdict::holds);
}

/// A thread that nobody waits for, created behind the last join.
TEST_P(Invariants, AreAboutThreadsThatAreNotJoined) {
  const auto body = [](int first) {
    auto* x = new (new std::byte[sizeof(atomic<int>)]) atomic<int>(0);
    api::invariant([x] { api::check(x->load() != 1, "x is never 1"); });
    api::join(api::spawn([] {}));
    api::spawn([x, first] {
      x->store(first);
      x->store(2);
      x->~atomic();
      delete[] reinterpret_cast<std::byte*>(x);
    });
  };
  expect_violation(ViolationKind::invariant_failed, [body] { body(1); });
  EXPECT_EQ(check_body([body] { body(3); }, {.model = GetParam()}).verdict, Verdict::holds);
}

/// A thread that such a thread creates, too.
TEST_P(Invariants, AreAboutThreadsOfThreads) {
  expect_violation(ViolationKind::invariant_failed, [] {
    auto* x = new (new std::byte[sizeof(atomic<int>)]) atomic<int>(0);
    api::invariant([x] { api::check(x->load() != 1, "x is never 1"); });
    run_threads([x] {
      api::spawn([x] {
        x->store(1);
        x->store(2);
        x->~atomic();
        delete[] reinterpret_cast<std::byte*>(x);
      });
    });
  });
}

TEST_P(Invariants, EndWithTheLastThread) {
  const Result result = check_body(
      [] {
        atomic<int> x{0};
        api::invariant([&] { api::check(x.load() <= 1, "at most one"); });
        run_threads([&] { x.store(1); });
        x.store(5);
      },
      {.model = GetParam()});
  EXPECT_EQ(result.verdict, Verdict::holds);
}

TEST_P(Invariants, MustNotWait) {
  const auto expect_misuse = [](void (*look)(atomic<int>&)) {
    const Result result = check_body(
        [look] {
          atomic<int> x{0};
          api::invariant([&x, look] { look(x); });
          run_threads([&x] { x.store(1); });
        },
        {.model = GetParam()});
    EXPECT_EQ(result.verdict, Verdict::broken);
    ASSERT_TRUE(result.counterexample);
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::misuse);
    EXPECT_NE(result.counterexample->violation->message.find("must not wait"), std::string::npos);
  };
  expect_misuse([](atomic<int>& x) { api::await([&] { return x.load() == 77; }); });
  expect_misuse([](atomic<int>& x) { api::await([&] { return x.load() < 77; }); });
  expect_misuse([](atomic<int>& x) {
    while (x.load() != 77) {
    }
  });
  expect_misuse([](atomic<int>& x) {
    for (volatile int i = 0; x.load() != 77;) i = i + 1;
  });
}

INSTANTIATE_TEST_SUITE_P(In, Invariants, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace heddle
