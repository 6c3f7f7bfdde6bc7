// Threads that wait with time-outs, again and again. A bound leaves out what follows a second
// time-out; it must not hide what is wrong with the other threads.
#include <gtest/gtest.h>

#include "checker/session/outcome_test_support.hpp"
#include "checker/sync/condition_variable.hpp"
#include "checker/sync/mutex.hpp"
#include "checker/sync/semaphore.hpp"

namespace heddle::sync {
namespace {

constexpr auto deadlock = ViolationKind::deadlock;
constexpr auto endless = ViolationKind::endless_spin;

/// Two threads, beside a third one that does something until both are done.
struct Locks {
  api::mutex a;
  api::mutex b;
  api::mutex m;
  condition_variable changed;
  timed_mutex timed;
  semaphore given{0};
  api::var<int> done{0};

  int finished() {
    m.lock();
    const int result = done.get();
    m.unlock();
    return result;
  }
  void both(api::mutex& first, api::mutex& second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
    m.lock();
    done.set(done.get() + 1);
    m.unlock();
    changed.notify_one();
    given.give(1);
  }
};

void run_with(bool same_order, void (*poll)(Locks&)) {
  Locks locks;
  run_in_threads([&] { poll(locks); }, [&] { locks.both(locks.a, locks.b); },
                 [&, same_order] {
                   same_order ? locks.both(locks.a, locks.b) : locks.both(locks.b, locks.a);
                 });
}

void poll_condition(Locks& locks) {
  locks.m.lock();
  while (locks.done.get() < 2) locks.changed.wait_for(locks.m, 1);
  locks.m.unlock();
}

void poll_semaphore(Locks& locks) {
  for (int got = 0; got < 2;) got += locks.given.take_timed() ? 1 : 0;
}

/// Another thread holds what it polls for: itself, here.
void poll_lock(Locks& locks) {
  locks.timed.lock();
  const auto other = api::spawn([&locks] {
    while (!locks.timed.try_lock_for(1)) {
      if (locks.finished() == 2) return;
    }
    locks.timed.unlock();
  });
  while (locks.finished() < 2) locks.given.take_timed();
  locks.timed.unlock();
  api::join(other);
}

void expect_only_in_two_orders(void (*poll)(Locks&)) {
  EXPECT_EQ(problem_unless_found(deadlock, [poll] { run_with(false, poll); }), "");
  EXPECT_EQ(problem_unless_holds([poll] { run_with(true, poll); }), "");
}

TEST(Polling, OfAConditionHidesNoDeadlock) { expect_only_in_two_orders(poll_condition); }
TEST(Polling, OfASemaphoreHidesNoDeadlock) { expect_only_in_two_orders(poll_semaphore); }
TEST(Polling, OfALockHidesNoDeadlock) {
  EXPECT_EQ(problem_unless_found(deadlock, [] { run_with(false, poll_lock); }), "");
}

/// Nobody can notify the second thread any more; the first one only looks now and then.
TEST(Polling, HidesNoLostWakeUp) {
  const auto body = [](bool notifies) {
    api::mutex m;
    condition_variable changed;
    semaphore given(0);
    api::var<bool> done(false);
    run_in_threads(
        [&] {
          while (!given.take_timed()) {
          }
        },
        [&] {
          m.lock();
          while (!done.get()) changed.wait(m);
          m.unlock();
          given.give(1);
        },
        [&, notifies] {
          m.lock();
          done.set(true);
          if (notifies) changed.notify_one();
          m.unlock();
        });
  };
  EXPECT_EQ(problem_unless_found(deadlock, [&] { body(false); }), "");
  EXPECT_EQ(problem_unless_holds([&] { body(true); }), "");
}

TEST(Polling, ByTwoThreadsHidesNoDeadlock) {
  EXPECT_EQ(problem_unless_found(deadlock,
                                 [] {
                                   semaphore s(0);
                                   semaphore t(0);
                                   semaphore never(0);
                                   const auto poll = [](semaphore& each) {
                                     while (!each.take_timed()) {
                                     }
                                   };
                                   run_in_threads([&] { poll(s); }, [&] { poll(t); },
                                                  [&] {
                                                    never.take();
                                                    s.give(1);
                                                    t.give(1);
                                                  });
                                 }),
            "");
}

/// A poller that gives something back in each round lets the others go on.
TEST(Polling, ThatMakesWayIsNoDeadlock) {
  const auto body = [] {
    api::mutex m;
    semaphore given(0);
    run_in_threads(
        [&] {
          for (bool got = false; !got;) {
            m.lock();
            got = given.take_timed();
            m.unlock();
          }
        },
        [&] {
          m.lock();
          m.unlock();
          given.give(1);
        });
  };
  const Result result = explore_body(body, {.keep_going = true});
  EXPECT_EQ(outcome_of(result), "holds");
  EXPECT_EQ(result.bounds, std::vector<std::string>{one_time_out});
}

TEST(Polling, ForWhatNeverComesIsEndless) {
  EXPECT_EQ(problem_unless_found(endless,
                                 [] {
                                   semaphore never(0);
                                   while (!never.take_timed()) {
                                   }
                                 }),
            "");
}

/// It would end by itself in the end.
TEST(Polling, ThatCountsIsNotEndless) {
  const Result result = explore_body(
      [] {
        semaphore never(0);
        for (int i = 0; i < 5; ++i) never.take_timed();
      },
      {.keep_going = true});
  EXPECT_EQ(result.executions.violating, 0U);
  EXPECT_EQ(result.bounds, std::vector<std::string>{one_time_out});
}

/// A wait that runs out of time once leaves nothing out.
TEST(Polling, OnceIsNoBound) {
  const Result result = explore_body([] {
    semaphore s(0);
    run_in_threads([&] { s.take_timed(); }, [&] { s.give(1); });
  });
  EXPECT_EQ(outcome_of(result), "holds");
  EXPECT_TRUE(result.bounds.empty());
}

TEST(Bounds, OfBackOffsAreListed) {
  const auto body = [](int rounds) {
    return [rounds] {
      api::mutex a;
      api::mutex b;
      run_in_threads(
          [&] {
            lock(a, b);
            a.unlock();
            b.unlock();
          },
          [&, rounds] {
            api::mutex* hold = &b;
            api::mutex* other = &a;
            hold->lock();
            for (int given_back = 0; !other->try_lock(); std::swap(hold, other)) {
              other->lock();
              hold->unlock();
              api::check(++given_back < rounds, "given back too often");
            }
            other->unlock();
            hold->unlock();
          });
    };
  };
  EXPECT_EQ(problem_unless_found(ViolationKind::assertion_failed, body(5)), "");
  const Result result = explore_body(body(100), {.model = "sc"});
  EXPECT_EQ(outcome_of(result), "holds");
  EXPECT_EQ(result.bounds.size(), 1U);
}

TEST(Bounds, OfWakeUpsForNoReasonAreListed) {
  const Result result = explore_body([] {
    api::mutex m;
    condition_variable changed;
    api::var<int> n(0);
    run_in_threads(
        [&] {
          m.lock();
          while (n.get() < 2) changed.wait(m);
          m.unlock();
        },
        [&] {
          for (int i = 1; i <= 2; ++i) {
            m.lock();
            n.set(i);
            changed.notify_one();
            m.unlock();
          }
        });
  });
  EXPECT_EQ(outcome_of(result), "holds");
  EXPECT_EQ(result.bounds.size(), 1U);
}

}  // namespace
}  // namespace heddle::sync
