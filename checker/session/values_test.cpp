// What scenarios compute with: types and sizes of values, choices, assumptions, many threads.
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <set>
#include <string>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::check;
using api::name;
using api::var;

class Values : public testing::TestWithParam<const char*> {
 protected:
  Result explore(std::function<void()> body, bool spurious = false) const {
    return count_body(std::move(body), GetParam(), spurious);
  }

  void expect_holds(std::function<void()> body, std::uint64_t complete, std::uint64_t blocked = 0) {
    const Result result = explore(std::move(body));
    EXPECT_EQ(result.verdict, Verdict::holds)
        << (result.counterexample ? result.counterexample->violation->message : result.reason);
    EXPECT_EQ(result.executions.complete, complete);
    EXPECT_EQ(result.executions.blocked, blocked);
  }
};

TEST_P(Values, ChooseTakesEachValueOnce) {
  for (const std::uint32_t n : {1U, 2U, 7U, 100U}) {
    expect_holds([n] { check(api::choose(n) < n, "in range"); }, n);
  }
  expect_holds([] { run_threads([] { api::choose(3); }, [] { api::choose(4); }); }, 12);
}

TEST_P(Values, ChooseReachesEachValue) {
  for (std::uint32_t value = 0; value < 5; ++value) {
    const Result result = explore([value] { check(api::choose(5) != value, "never that"); });
    EXPECT_EQ(result.executions.violating, 1U);
    EXPECT_EQ(result.executions.complete, 4U);
  }
}

/// What an observer is told: one vector of values per complete execution, named objects only.
TEST_P(Values, FinalValuesOfEveryExecution) {
  Scenario scenario{.name = "final_values"};
  scenario.body = [] {
    atomic<int> x(0), unnamed(0);
    var<int> seen(0);
    name(x, "x");
    name(seen, "seen");
    const auto one = api::spawn([&] { x.store(-1, std::memory_order_relaxed); });
    const auto two = api::spawn([&] { seen.set(x.load(std::memory_order_relaxed)); });
    api::join(one);
    api::join(two);
  };
  std::multiset<std::string> states;
  Options options{.model = GetParam()};
  options.on_complete = [&](const std::vector<FinalValue>& values) {
    std::string state;
    for (const auto& [object, value] : values) {
      state += std::string(object) + "=" + std::to_string(static_cast<std::int32_t>(value)) + " ";
    }
    states.insert(state);
  };
  EXPECT_EQ(check(scenario, options).verdict, Verdict::holds);
  EXPECT_EQ(states, (std::multiset<std::string>{"x=-1 seen=0 ", "x=-1 seen=-1 "}));
}

/// A later choice may depend on an earlier one: 0 + 1 + 2 + 3 + 4 leaves.
TEST_P(Values, ChoicesNest) {
  expect_holds([] { api::choose(api::choose(4) + 1); }, 1 + 2 + 3 + 4);
}

TEST_P(Values, AssumeDropsExecutions) {
  expect_holds([] { api::assume(api::choose(10) % 5 == 0); }, 2, 8);
  expect_holds(
      [] {
        atomic<int> x{0};
        run_threads([&x] { x.store(1); },
                    [&x] {
                      const int seen = x.load();
                      api::assume(seen == 1);
                      check(seen == 1, "what was assumed");
                    });
      },
      1, 1);
}

/// A violation before the assumption is one all the same.
TEST_P(Values, AssumeHidesNoViolationOfThePast) {
  const Result result = explore([] {
    check(api::choose(2) == 0, "zero");
    api::assume(false);
  });
  EXPECT_EQ(result.executions.violating, 1U);
  EXPECT_EQ(result.executions.blocked, 1U);
}

TEST_P(Values, SpuriousFailuresAreExploredOnRequest) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&x] {
      int expected = 0;
      const bool done = x.compare_exchange_weak(expected, 1);
      check(expected == 0, "a failure loads what is there");
      check(done, "no failure without a reason");
    });
  };
  EXPECT_EQ(explore(body).verdict, Verdict::holds);
  EXPECT_EQ(explore(body).executions.complete, 1U);
  const Result result = explore(body, true);
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(result.executions.complete, 1U);
  EXPECT_EQ(result.executions.violating, 1U);
  ASSERT_TRUE(result.counterexample);
  EXPECT_TRUE(result.counterexample->spurious);
  const std::string json = to_json(*result.counterexample);
  const Result again = replay(scenario_of("test", body), trace::from_json(json));
  EXPECT_EQ(to_json(*again.counterexample), json);
}

TEST_P(Values, StrongCompareExchangeNeverFailsSpuriously) {
  const Result result = explore(
      [] {
        atomic<int> x{0};
        run_threads([&x] {
          int expected = 0;
          check(x.compare_exchange_strong(expected, 1), "it is zero");
        });
      },
      true);
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.executions.complete, 1U);
}

/// Rounds that failed without a reason have no effect, so the loop has no more executions than the
/// strong one: two orders.
TEST_P(Values, LoopsOverSpuriousFailuresEnd) {
  const Result result = explore(
      [] {
        atomic<int> x{0};
        const auto add = [&x] {
          int seen = x.load();
          while (!x.compare_exchange_weak(seen, seen + 1)) {
          }
        };
        run_threads(add, add);
        check(x.load() == 2, "both additions arrive");
      },
      true);
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
}

/// Pushes onto a lock-free stack write the node's link in every round. A round that failed for no
/// reason writes what is there already, so it has no effect, either.
TEST_P(Values, LoopsOverSpuriousFailuresMayWriteTheSameAgain) {
  const auto body = [] {
    struct Node {
      var<Node*> next{nullptr};
      var<int> mark{0};
    };
    atomic<Node*> top{nullptr};
    Node nodes[2];
    const auto push = [&top](Node& node) {
      Node* seen = top.load(std::memory_order_relaxed);
      do {
        node.next.set(seen);
        node.mark.set(1);
      } while (!top.compare_exchange_weak(seen, &node, std::memory_order_release));
    };
    run_threads([&] { push(nodes[0]); }, [&] { push(nodes[1]); });
  };
  const Result strong = explore(body);
  const Result weak = explore(body, true);
  EXPECT_EQ(weak.verdict, Verdict::holds) << weak.reason;
  EXPECT_EQ(weak.executions.complete, strong.executions.complete);
  EXPECT_TRUE(weak.bounds.empty());
}

/// Another thread's write in between makes the second one of the same value a change.
TEST_P(Values, ARoundThatChangesSomethingIsNoWait) {
  const Result result = explore([] {
    atomic<int> turn{0};
    var<int> data{0};
    run_threads(
        [&] {
          for (int round = 0; round < 2; ++round) {
            while (turn.load() != 2 * round) {
            }
            data.set(7);
            turn.store(2 * round + 1);
          }
        },
        [&] {
          for (int round = 0; round < 2; ++round) {
            while (turn.load() != 2 * round + 1) {
            }
            check(data.get() == 7, "the other thread's turn came first");
            data.set(8);
            turn.store(2 * round + 2);
          }
        });
  });
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
  EXPECT_EQ(result.executions.complete, 1U);
}

/// Where each round leaves a trace, failures for no reason have to end somewhere: the result says
/// so.
TEST_P(Values, RowsOfSpuriousFailuresAreBounded) {
  const auto body = [](int most) {
    return [most] {
      atomic<int> x{0}, failures{0};
      int seen = 0;
      while (!x.compare_exchange_weak(seen, 1)) failures.fetch_add(1);
      check(failures.load() <= most, "so many failures in a row");
    };
  };
  const Result result = explore(body(3), true);
  EXPECT_EQ(result.verdict, Verdict::holds) << result.reason;
  EXPECT_EQ(result.executions.complete, 4U);
  EXPECT_EQ(result.bounds, std::vector<std::string>{
                               "at most 3 failures of a weak operation in a row for no reason"});
  EXPECT_EQ(explore(body(2), true).verdict, Verdict::violated);
}

template <typename T>
void wrap_around() {
  const T most = std::numeric_limits<T>::max();
  const T least = std::numeric_limits<T>::min();
  atomic<T> x{most};
  check(x.fetch_add(1) == most, "fetch_add returns the old value");
  check(x.load() == least, "the largest value plus one is the smallest");
  check(x.fetch_sub(1) == least, "fetch_sub returns the old value");
  check(x.load() == most, "and back");
  x.store(5);
  check(x.fetch_and(6) == 5 && x.load() == 4, "and");
  check(x.fetch_or(3) == 4 && x.load() == 7, "or");
  check(x.fetch_xor(5) == 7 && x.load() == 2, "xor");
  check(x.exchange(least) == 2 && x.load() == least, "exchange");
  T expected = most;
  check(!x.compare_exchange_strong(expected, 1) && expected == least, "a failed cas loads");
  check(x.compare_exchange_strong(expected, most) && x.load() == most, "a cas stores");
}

template <typename T>
void everywhere() {
  wrap_around<T>();
  run_threads([] { wrap_around<T>(); });
}

TEST_P(Values, IntegersWrapAround) {
  expect_holds(everywhere<std::uint8_t>, 1);
  expect_holds(everywhere<std::int8_t>, 1);
  expect_holds(everywhere<std::uint16_t>, 1);
  expect_holds(everywhere<std::int16_t>, 1);
  expect_holds(everywhere<std::uint32_t>, 1);
  expect_holds(everywhere<std::int32_t>, 1);
  expect_holds(everywhere<std::uint64_t>, 1);
  expect_holds(everywhere<std::int64_t>, 1);
}

TEST_P(Values, NegativeNumbers) {
  expect_holds(
      [] {
        atomic<int> x{-1};
        atomic<std::int64_t> y{-5'000'000'000};
        run_threads([&] { x.fetch_add(-2), y.fetch_sub(-1); });
        check(x.load() == -3 && x.load() < 0, "int");
        check(y.load() == -4'999'999'999, "int64");
      },
      1);
}

TEST_P(Values, AreShownWithTheirSign) {
  const Result result = explore([] {
    atomic<std::int8_t> x{0};
    name(x, "x");
    x.store(-7);
    check(x.load() > 0, "positive");
  });
  ASSERT_TRUE(result.counterexample);
  const auto& steps = result.counterexample->steps;
  bool stored = false;
  bool loaded = false;
  for (const trace::Step& step : steps) {
    stored |= step.operation == "store" && step.written == "-7";
    loaded |= step.operation == "load" && step.read == "-7";
  }
  EXPECT_TRUE(stored && loaded);
}

enum class Colour : std::uint8_t { red, green = 200 };

TEST_P(Values, EnumsBooleansAndPointers) {
  expect_holds(
      [] {
        std::uint32_t array[4] = {};
        atomic<Colour> colour{Colour::red};
        atomic<bool> flag{false};
        atomic<std::uint32_t*> at{array};
        run_threads([&] {
          check(colour.exchange(Colour::green) == Colour::red, "red before");
          check(!flag.exchange(true), "down before");
          check(at.fetch_add(3) == array, "the old pointer");
          check(at.fetch_sub(1) == array + 3, "pointers count elements");
        });
        check(colour.load() == Colour::green && flag.load() && at.load() == array + 2, "after");
      },
      1);
}

/// A pointer with a counter, as lock-free stacks have against ABA.
struct Tagged {
  int* pointer;
  std::uint64_t tag;
};

/// The second one comes first and fails, or comes second and succeeds.
TEST_P(Values, LargeOnesAreComparedAndExchanged) {
  expect_holds(
      [] {
        int nodes[3] = {};
        atomic<Tagged> head{{nodes, 0}};
        const auto advance = [&](std::uint64_t from) {
          Tagged expected{nodes + from, from};
          if (head.compare_exchange_strong(expected, {nodes + from + 1, from + 1})) return;
          check(expected.tag == 0 && expected.pointer == nodes, "what was there");
        };
        run_threads([&] { advance(0); }, [&] { advance(1); });
        const Tagged last = head.load();
        check(last.pointer == nodes + last.tag, "both halves change in one step");
      },
      2);
}

TEST_P(Values, LargeOnesAreShownAsWords) {
  const Result result = explore([] {
    int node = 0;
    name(node, "node 0");
    atomic<Tagged> head{{nullptr, 0}};
    head.store({&node, 7});
    check(false, "never");
  });
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->steps.at(1).written, "{node 0, 7}");
}

#ifdef HEDDLE_CLEARS_PADDING
struct Padded {
  std::uint64_t word;
  std::uint8_t byte;
};

Padded with_garbage_in_padding(std::uint64_t word, std::uint8_t byte, int garbage) {
  alignas(Padded) std::byte bytes[sizeof(Padded)];
  std::memset(bytes, garbage, sizeof(bytes));
  auto* value = reinterpret_cast<Padded*>(bytes);
  value->word = word;
  value->byte = byte;
  return *value;
}

TEST_P(Values, PaddingIsNotCompared) {
  expect_holds(
      [] {
        atomic<Padded> x{with_garbage_in_padding(1, 2, 3)};
        Padded expected = with_garbage_in_padding(1, 2, 4);
        check(x.compare_exchange_strong(expected, with_garbage_in_padding(5, 6, 7)), "equal");
        check(x.load().word == 5 && x.load().byte == 6, "stored");
      },
      1);
}
#endif

TEST_P(Values, NumbersWithAFraction) {
  expect_holds(
      [] {
        atomic<double> x{0.5};
        atomic<float> y{1};
        var<double> z(0.25);
        run_threads([&] { x.fetch_add(0.25), y.fetch_sub(0.5F); });
        check(x.load() == 0.75 && y.load() == 0.5F && z.get() == 0.25, "as computed");
      },
      1);
  const Result result = explore([] {
    atomic<double> x{0};
    x.store(-1.5);
    check(false, "never");
  });
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->steps.at(1).written, "-1.5");
}

INSTANTIATE_TEST_SUITE_P(In, Values, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& which) { return std::string(which.param); });

}  // namespace
}  // namespace heddle
