// Explanations name what decided, and what they claim comes true when it is run.
#include "checker/explain/explain.hpp"

#include <gtest/gtest.h>

#include "checker/api/api.hpp"
#include "checker/session/session.hpp"

namespace heddle::explain {
namespace {

using api::atomic;
using api::mutex;
using api::name;
using api::var;
using std::memory_order_relaxed;

Scenario scenario_of(std::function<void()> body) {
  Scenario scenario{.name = "explained"};
  scenario.body = std::move(body);
  return scenario;
}

Result explained(std::function<void()> body, const std::string& model = "cpp20") {
  return check(scenario_of(std::move(body)), {.model = model, .simplest = 1000, .explain = true});
}

/// The first reason that has all of the words; empty if there is none.
std::string reason_with(const Result& result, const std::vector<std::string>& words) {
  for (const trace::Reason& reason : result.counterexample->explanation) {
    bool all = true;
    for (const std::string& word : words) all &= reason.text.find(word) != std::string::npos;
    if (all) return reason.text;
  }
  return "";
}

std::string all_reasons(const Result& result) {
  std::string text;
  for (const trace::Reason& reason : result.counterexample->explanation) text += reason.text + "\n";
  return text;
}

void run_two(const std::function<void()>& first, const std::function<void()>& second) {
  const auto one = api::spawn([&first] { first(); });
  const auto two = api::spawn([&second] { second(); });
  api::join(one);
  api::join(two);
}

void message_passing(std::memory_order store_order, std::memory_order load_order) {
  var<int> data{0};
  atomic<bool> ready{false};
  name(data, "data");
  name(ready, "ready");
  const auto writer = api::spawn([&, store_order] {
    data.set(1);
    ready.store(true, store_order);
  });
  const auto reader = api::spawn([&, load_order] {
    if (ready.load(load_order)) data.get();
  });
  api::join(writer);
  api::join(reader);
}

TEST(Explain, RacesNameTheReadThatDoesNotSynchronise) {
  const Result relaxed_store =
      explained([] { message_passing(memory_order_relaxed, std::memory_order_acquire); });
  ASSERT_EQ(relaxed_store.verdict, Verdict::violated);
  EXPECT_NE(reason_with(relaxed_store, {"data.write", "do not synchronise", "not release"}), "")
      << all_reasons(relaxed_store);
  EXPECT_EQ(reason_with(relaxed_store, {"not acquire"}), "");
  const Result relaxed_load =
      explained([] { message_passing(std::memory_order_release, memory_order_relaxed); });
  EXPECT_NE(reason_with(relaxed_load, {"do not synchronise", "not acquire"}), "")
      << all_reasons(relaxed_load);
}

/// With the flag unseen there is no race: that read decided.
TEST(Explain, TheNearestExecutionKeepsEveryProperty) {
  const auto body = [] { message_passing(memory_order_relaxed, memory_order_relaxed); };
  const Result result = explained(body);
  EXPECT_NE(reason_with(result, {"ready.load", "had it read false", "nothing would have gone"}), "")
      << all_reasons(result);
  ASSERT_TRUE(result.nearest);
  EXPECT_FALSE(result.nearest->violation);
  EXPECT_EQ(replay(scenario_of(body), *result.nearest).verdict, Verdict::holds);
}

void store_buffering() {
  atomic<int> x{0};
  atomic<int> y{0};
  name(x, "x");
  name(y, "y");
  int first = 0;
  var<int> seen{0};
  const auto other = api::spawn([&] {
    y.store(1, memory_order_relaxed);
    seen.set(x.load(memory_order_relaxed));
  });
  x.store(1, memory_order_relaxed);
  first = y.load(memory_order_relaxed);
  api::join(other);
  api::check(first == 1 || seen.get() == 1, "one sees the other");
}

TEST(Explain, WeakBehavioursNameTheStaleRead) {
  const Result result = explained(store_buffering);
  ASSERT_EQ(result.verdict, Verdict::violated);
  EXPECT_NE(reason_with(result, {"stale read, which no interleaving", "passes over"}), "")
      << all_reasons(result);
  EXPECT_EQ(explained(store_buffering, "sc").verdict, Verdict::holds);
}

TEST(Explain, DeadlocksNameTheCycle) {
  const Result result = explained([] {
    mutex left;
    mutex right;
    name(left, "left");
    name(right, "right");
    run_two([&] { left.lock(), right.lock(), right.unlock(), left.unlock(); },
            [&] { right.lock(), left.lock(), left.unlock(), right.unlock(); });
  });
  ASSERT_EQ(result.verdict, Verdict::violated);
  EXPECT_NE(reason_with(result, {"thread 1", "'right'", "Thread 2 holds"}) +
                reason_with(result, {"Thread 1", "'right'", "thread 2 holds"}),
            "")
      << all_reasons(result);
  EXPECT_NE(reason_with(result, {"Thread 2", "'left'", "thread 1 holds"}), "")
      << all_reasons(result);
}

TEST(Explain, LostWakeUpsNameTheLastValue) {
  const Result result = explained([] {
    atomic<int> turn{0};
    name(turn, "turn");
    run_two([&] { turn.store(1); }, [&] { api::await([&] { return turn.load() == 2; }); });
  });
  EXPECT_NE(reason_with(result, {"Thread 2 waits", "'turn'", "1 from step"}), "")
      << all_reasons(result);
}

/// An exchange takes what another one wants: to flip it, the two change places.
TEST(Explain, ExchangesChangePlaces) {
  const auto body = [] {
    atomic<int> token{1};
    name(token, "token");
    run_two([&] { token.exchange(0); },
            [&] { api::check(token.exchange(0) == 1, "the second gets it"); });
  };
  const Result result = explained(body);
  EXPECT_NE(reason_with(result, {"thread 2: token.exchange", "read 0 from step",
                                 "had it read 1, the initial value"}),
            "")
      << all_reasons(result);
  ASSERT_TRUE(result.nearest);
  EXPECT_EQ(replay(scenario_of(body), *result.nearest).verdict, Verdict::holds);
}

TEST(Explain, WhatComesTooLate) {
  const Result result = explained([] {
    atomic<int> done{0};
    name(done, "done");
    run_two([&] { done.store(7); }, [&] { api::check(done.load() == 7, "done"); });
  });
  EXPECT_NE(reason_with(result, {"done.load", "thread 1 writes 7 only later"}), "")
      << all_reasons(result);
}

TEST(Explain, WhatWasNeverWritten) {
  const Result result = explained([] {
    atomic<int> x;
    name(x, "x");
    atomic<int> ready{0};
    run_two([&] { x.store(1, memory_order_relaxed), ready.store(1, memory_order_relaxed); },
            [&] {
              if (ready.load(memory_order_relaxed) == 1) x.load(memory_order_relaxed);
            });
  });
  EXPECT_NE(reason_with(result, {"x.load", "read no value, since nothing had been written"}), "")
      << all_reasons(result);
}

/// No read can be flipped where every choice fails.
TEST(Explain, NothingDecidesWhatAlwaysFails) {
  const Result result = explained([] {
    atomic<int> x{0};
    run_two([&] { x.store(1); }, [&] { x.load(), api::check(false, "always"); });
  });
  EXPECT_EQ(reason_with(result, {"nothing would have gone wrong"}), "");
  EXPECT_FALSE(result.nearest);
}

TEST(Explain, HoldingScenariosNeedNoExplanation) {
  const Result result = explained([] { atomic<int> x{0}; });
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_FALSE(result.counterexample);
  EXPECT_FALSE(result.nearest);
}

}  // namespace
}  // namespace heddle::explain
