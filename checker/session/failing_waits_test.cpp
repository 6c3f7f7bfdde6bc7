// The accesses of waits are looked at as all others are: also those that fail, and those of threads
// that never get any further.
#include <gtest/gtest.h>

#include <memory>
#include <new>

#include "checker/session/errors_test_support.hpp"
#include "checker/sync/condition_variable.hpp"
#include "checker/sync/lock.hpp"
#include "checker/sync/mutex.hpp"
#include "checker/sync/once.hpp"
#include "checker/sync/semaphore.hpp"

namespace heddle {
namespace {

using api::atomic;

std::string kind_of(const Result& result) {
  if (!result.counterexample) return result.reason.empty() ? "holds" : result.reason;
  return std::string(to_string(result.counterexample->violation->kind));
}

/// Under each model, by both strategies; and the counterexample replays.
void expect_found(ViolationKind kind, const std::function<void()>& body, bool replays = true) {
  const Scenario scenario = scenario_of("test", body);
  for (const std::string& model : model_names()) {
    const Result result = check(scenario, {.model = model, .wanted = kind});
    ASSERT_EQ(kind_of(result), to_string(kind)) << model;
    EXPECT_GE(result.executions.violating, 1U) << model;
    if (replays) {
      const std::string json = to_json(*result.counterexample);
      EXPECT_EQ(to_json(*replay(scenario, trace::from_json(json)).counterexample), json) << model;
    }
    const Result all = check(scenario, {.model = model, .keep_going = true});
    EXPECT_GE(all.executions.violating, 1U) << model;
    const Result random = check(scenario, {.model = model, .strategy = "random", .wanted = kind});
    EXPECT_EQ(kind_of(random), to_string(kind)) << model;
  }
}

/// Thread 1 does something with an object whose life thread 2 ends meanwhile.
template <typename Object, typename... Args>
std::function<void()> ends_under(void (*use)(Object&), Args... args) {
  return [=] {
    alignas(Object) std::byte place[sizeof(Object)];
    auto* object = new (place) Object(args...);
    run_threads([object, use] { use(*object); }, [object] { object->~Object(); });
  };
}

constexpr auto gone = ViolationKind::use_after_free;

TEST(WaitsOnWhatIsGone, Await) {
  expect_found(gone, ends_under<atomic<int>>(
                         [](atomic<int>& x) { api::await([&x] { return x.load() == 1; }); }, 0));
}

TEST(WaitsOnWhatIsGone, Loop) {
  expect_found(gone, ends_under<atomic<int>>(
                         [](atomic<int>& x) {
                           while (x.load(acquire) == 0) {
                           }
                         },
                         0));
}

TEST(WaitsOnWhatIsGone, CompareExchange) {
  expect_found(gone, ends_under<atomic<int>>(
                         [](atomic<int>& x) {
                           for (int one = 1; !x.compare_exchange_strong(one, 2);) one = 1;
                         },
                         0));
}

TEST(WaitsOnWhatIsGone, Exchange) {
  expect_found(gone, ends_under<atomic<bool>>(
                         [](atomic<bool>& taken) {
                           while (taken.exchange(true)) {
                           }
                         },
                         true));
}

TEST(WaitsOnWhatIsGone, Semaphore) {
  expect_found(gone,
               ends_under<sync::semaphore>([](sync::semaphore& s) { s.take(); }, std::uint32_t{0}));
}

TEST(WaitsOnWhatIsGone, SemaphoreWithATime) {
  expect_found(gone, ends_under<sync::semaphore>([](sync::semaphore& s) { s.take_timed(); },
                                                 std::uint32_t{0}));
}

TEST(WaitsOnWhatIsGone, Latch) {
  expect_found(gone, ends_under<sync::latch>([](sync::latch& l) { l.wait(); }, 1));
}

TEST(WaitsOnWhatIsGone, ConditionVariable) {
  const auto wait = [](sync::condition_variable& changed) {
    sync::mutex m;
    m.lock();
    changed.wait(m);
    m.unlock();
  };
  expect_found(gone, ends_under<sync::condition_variable>(wait), false);
}

/// Whoever waits for a thread that waits in this way is told about, too.
TEST(WaitsOnWhatIsGone, BehindAJoin) {
  expect_found(gone, [] {
    alignas(atomic<int>) std::byte place[sizeof(atomic<int>)];
    auto* x = new (place) atomic<int>(0);
    const auto waiter = api::spawn([x] { api::await([x] { return x->load() == 1; }); });
    run_threads([waiter] { api::join(waiter); }, [x] { x->~atomic(); });
  });
}

/// The object's old value would end the wait, its last one does not.
TEST(WaitsOnWhatIsGone, WhereAnOlderValueEndsTheWait) {
  const auto body = [] {
    alignas(atomic<int>) std::byte place[sizeof(atomic<int>)];
    auto* x = new (place) atomic<int>(0);
    run_threads([x] { api::await([x] { return x->load() == 1; }); },
                [x] {
                  x->store(1);
                  x->store(2);
                  x->~atomic();
                });
  };
  expect_found(gone, body);
  // The two reads of the 1 or none, each with the end of life unordered.
  const Result result = count_body(body, "rc11");
  EXPECT_EQ(result.executions.complete, 0U);
  EXPECT_EQ(result.executions.violating, 2U) << "it reads 1, or comes too late";
}

constexpr auto uninitialised = ViolationKind::uninitialised_read;

TEST(WaitsForTheFirstValue, Loop) {
  expect_found(uninitialised, [] {
    atomic<int> x;
    const auto thread = api::spawn([&x] {
      while (x.load() == 0) {
      }
    });
    x.store(1);
    api::join(thread);
  });
}

TEST(WaitsForTheFirstValue, Await) {
  expect_found(uninitialised, [] {
    atomic<int> x;
    run_threads([&x] { api::await([&x] { return x.load() == 1; }); }, [&x] { x.store(1); });
  });
}

TEST(WaitsForTheFirstValue, CompareExchange) {
  expect_found(uninitialised, [] {
    atomic<int> x;
    run_threads(
        [&x] {
          for (int one = 1; !x.compare_exchange_strong(one, 2);) one = 1;
        },
        [&x] { x.store(1); });
  });
}

TEST(WaitsForTheFirstValue, InARoundOfTwoLoads) {
  expect_found(uninitialised, [] {
    atomic<int> x{0};
    atomic<int> y;
    run_threads(
        [&] {
          while (x.load() == 0 && y.load() != 2) {
          }
        },
        [&y] {
          y.store(1);
          y.store(2);
        });
  });
}

TEST(WaitsForTheFirstValue, ThatNeverComes) {
  expect_found(uninitialised, [] {
    atomic<int> x;
    run_threads([&x] { api::await([&x] { return x.load() == 1; }); });
  });
}

/// The value is there before anybody waits.
TEST(WaitsForTheFirstValue, AreRightWhereItIsThere) {
  for (const std::string& model : model_names()) {
    const Result result = count_body(
        [] {
          atomic<int> x;
          x.store(0);
          run_threads([&x] { api::await([&x] { return x.load() == 1; }); }, [&x] { x.store(1); });
        },
        model);
    EXPECT_EQ(result.verdict, Verdict::holds) << model;
    EXPECT_EQ(result.executions.complete, 1U) << model;
  }
}

/// A pointer is handed over without order. Who follows it may see the object before its
/// construction, in the rounds of a loop that fail; the one that succeeds orders itself behind it.
std::function<void()> hands_over(bool loops, std::memory_order order) {
  return [=] {
    alignas(atomic<int>) std::byte place[sizeof(atomic<int>)];
    atomic<atomic<int>*> pointer{nullptr};
    run_threads(
        [&] {
          auto* x = new (place) atomic<int>(0);
          pointer.store(x, order);
          x->store(1, release);
        },
        [&] {
          atomic<int>* x = pointer.load(acquire);
          if (x == nullptr) return;
          while (x->load(acquire) == 0 && loops) {
          }
        });
  };
}

TEST(WaitsForTheFirstValue, OfAnObjectThatIsNotHandedOver) {
  for (const bool loops : {false, true}) {
    const auto body = hands_over(loops, relaxed);
    for (const char* model : {"rc11", "cpp20"}) {
      const Result result = count_body(body, model);
      EXPECT_EQ(kind_of(result), "data race") << model;
      EXPECT_EQ(result.executions.complete, 2U) << "no pointer; the 1";
      EXPECT_EQ(result.executions.violating, 1U) << "the 0, by a load or by a round that fails";
    }
    EXPECT_EQ(count_body(body, "sc").verdict, Verdict::holds);
    EXPECT_EQ(count_body(hands_over(loops, release), "cpp20").verdict, Verdict::holds);
  }
}

/// What a wait takes its object for is found out although the wait never ends.
TEST(WaitsOnWhatTheyMistake, AreMisuse) {
  const Result result = check_body([] {
    atomic<int> x{0};
    const auto* wide = reinterpret_cast<const atomic<long>*>(&x);
    run_threads([wide] { api::await([wide] { return wide->load() == 1; }); });
  });
  EXPECT_EQ(kind_of(result), "misuse");
}

}  // namespace
}  // namespace heddle
