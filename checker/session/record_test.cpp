// What is recorded of an execution is enough to run it again.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::mutex;
using api::var;

/// Checks the body as the command does, which looks for the simplest counterexample, and as tests
/// do, which take the first one; each must replay. Returns the simplest one's trace.
trace::Trace replayed(const std::function<void()>& body, ViolationKind kind, Options options = {}) {
  options.simplest = 0;
  const Result first = check_body(body, options);
  EXPECT_TRUE(first.counterexample);
  if (first.counterexample) {
    EXPECT_EQ(replay(scenario_of("test", body), *first.counterexample).verdict, first.verdict);
  }
  options.simplest = 1000;
  Result simplest = check_body(body, options);
  EXPECT_TRUE(simplest.counterexample);
  if (!simplest.counterexample) return {};
  EXPECT_EQ(simplest.counterexample->violation->kind, kind);
  const Result again = replay(scenario_of("test", body), *simplest.counterexample);
  EXPECT_EQ(to_json(*again.counterexample), to_json(*simplest.counterexample));
  return *std::move(simplest.counterexample);
}

/// Thread 1 does something to an object that thread 2 deletes.
template <typename T, typename Use>
void use_against_delete(Use use) {
  T* object = nullptr;
  if constexpr (std::is_same_v<T, mutex>) {
    object = new T();
  } else {
    object = new T(0);
  }
  run_threads([=] { use(*object); }, [=] { delete object; });
}

/// A read-modify-write is one step, with both of its halves, also where its read alone conflicts.
TEST(Record, ReadModifyWritesAgainstDeletion) {
  const auto kind = ViolationKind::use_after_free;
  const std::vector<std::function<void()>> bodies = {
      [] { use_against_delete<atomic<int>>([](auto& x) { x.fetch_add(1, relaxed); }); },
      [] { use_against_delete<atomic<int>>([](auto& x) { x.exchange(1); }); },
      [] {
        use_against_delete<atomic<int>>([](auto& x) {
          int expected = 0;
          x.compare_exchange_strong(expected, 1);
        });
      },
      [] {
        use_against_delete<atomic<int>>([](auto& x) { x.fetch_add(1), x.fetch_or(4, relaxed); });
      },
      [] { use_against_delete<mutex>([](auto& m) { m.lock(), m.unlock(); }); },
      [] {
        use_against_delete<mutex>([](auto& m) {
          if (m.try_lock()) m.unlock();
        });
      }};
  for (const auto& body : bodies) {
    for (const char* model : {"sc", "rc11", "cpp20"}) replayed(body, kind, {.model = model});
  }
}

TEST(Record, AMutexThatIsDeletedBehindItsLastUse) {
  const auto body = [] {
    auto* m = new mutex;
    run_threads([m] { m->lock(), m->unlock(); }, [m] { m->lock(), m->unlock(), delete m; });
  };
  const trace::Trace trace = replayed(body, ViolationKind::use_after_free);
  for (const trace::Step& step : trace.steps) {
    if (step.operation == "lock" && &step != &trace.steps.back()) {
      EXPECT_TRUE(step.coherence);
    }
  }
}

/// A memory state that an invariant fails in may lie between steps only.
TEST(Record, InvariantsThatFailBesideReadModifyWrites) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    api::invariant([&] { api::check(x.load() < 2, "small"); });
    run_threads([&] { x.fetch_add(1), y.fetch_add(1); }, [&] { x.exchange(2), y.exchange(1); });
  };
  replayed(body, ViolationKind::invariant_failed, {.model = "sc"});
  replayed(body, ViolationKind::invariant_failed);
}

/// The simplest execution that shows a race may have another race before it.
TEST(Record, ARaceBehindAnotherOne) {
  const auto body = [] {
    var<int> p{0};
    var<int> q{0};
    mutex first;
    mutex second;
    run_threads(
        [&] {
          q.get();
          second.lock();
          if (first.try_lock()) first.unlock();
          second.unlock();
          p.get();
          q.get();
        },
        [&] {
          p.set(1);
          q.set(1);
          first.lock();
          q.set(1);
          first.unlock();
        });
  };
  for (const char* model : {"sc", "rc11", "cpp20"}) {
    replayed(body, ViolationKind::data_race, {.model = model});
  }
}

/// Of several readers that a writer does not come behind, the same one is named in each part.
TEST(Record, ARaceWithOneOfSeveralReaders) {
  const auto body = [] {
    var<int> data{0};
    atomic<int> turn{0};
    run_threads([&] { data.get(), turn.store(1, relaxed), data.get(), turn.store(2, relaxed); },
                [&] { turn.load(relaxed), data.set(1), turn.load(relaxed), data.set(2); });
  };
  replayed(body, ViolationKind::data_race);
}

/// What is looked for may lie behind violations of other kinds.
TEST(Record, AnAssertionBehindARace) {
  const auto body = [] {
    var<int> data{0};
    atomic<int> x{0};
    run_threads([&] { data.set(1), x.store(1); },
                [&] { data.get(), api::check(x.load() == 0, "early"), data.set(2); });
  };
  for (const char* model : {"sc", "cpp20"}) {
    replayed(body, ViolationKind::assertion_failed,
             {.model = model, .wanted = ViolationKind::assertion_failed});
  }
}

/// Which threads there are, and in which order they are met, depends on what was explored before.
TEST(Record, ThreadsHaveTheNumbersOfTheExploration) {
  const auto body = [] {
    atomic<int> x{0};
    const auto seen = [&](int value) {
      const auto child = api::spawn([&, value] { api::check(value == 0, "seen"); });
      api::join(child);
    };
    run_threads(
        [&] {
          if (x.load() == 0) seen(0);
        },
        [&] {
          x.store(1);
          seen(1);
        });
  };
  for (const char* model : {"sc", "cpp20"}) {
    replayed(body, ViolationKind::assertion_failed, {.model = model});
  }
}

/// Only the writes that are shown have positions.
TEST(Record, PositionsAreThoseAmongTheWritesThatAreShown) {
  const auto body = [] {
    atomic<int> x{0};
    name(x, "x");
    run_threads([&] { x.store(1); }, [&] { x.store(2), api::check(false, "never here"); });
  };
  const Result result = count_body(body, "sc");
  ASSERT_TRUE(result.counterexample);
  std::vector<std::uint32_t> positions;
  for (const trace::Step& step : result.counterexample->steps) {
    if (step.object == "x" && step.coherence) positions.push_back(*step.coherence);
  }
  EXPECT_EQ(positions, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(replay(scenario_of("test", body), *result.counterexample).verdict, Verdict::violated);
}

/// main spawns two threads, waits for the first, and then races with the second: that one need not
/// have its turn before main waits.
TEST(Record, NoOrderHasFewerSwitches) {
  const auto body = [] {
    var<int> p{0};
    atomic<int> f{0};
    const auto one = api::spawn([&] { f.store(1); });
    const auto two = api::spawn([&] { p.set(1); });
    api::await([&] { return f.load() == 1; });
    p.set(2);
    api::join(one);
    api::join(two);
  };
  const trace::Trace trace = replayed(body, ViolationKind::data_race, {.model = "sc"});
  EXPECT_EQ(trace.simplest->switches, 3U);
}

/// The bound is the number of events that an execution may have.
TEST(Record, TheStepBoundIsExact) {
  const auto body = [] {
    atomic<int> x{0};
    x.store(1);
    x.store(2);
    x.store(3);
  };
  std::uint32_t least = 1;
  while (check_body(body, {.steps = least}).verdict == Verdict::incomplete) ++least;
  const Result enough = check_body(body, {.steps = least});
  EXPECT_EQ(enough.verdict, Verdict::holds);
  // Construction, three stores, destruction, the thread's end.
  EXPECT_EQ(least, 6U);
  EXPECT_EQ(enough.events, 6U);
  const Result short_of = check_body(body, {.steps = least - 1});
  EXPECT_EQ(short_of.reason, "the execution has more than 5 events");
  ASSERT_TRUE(short_of.counterexample);
  EXPECT_EQ(replay(scenario_of("test", body), *short_of.counterexample).verdict,
            Verdict::incomplete);
}

}  // namespace
}  // namespace heddle
