#include "checker/sync/condition_variable.hpp"

#include <gtest/gtest.h>

#include "checker/session/outcome_test_support.hpp"
#include "checker/sync/mutex.hpp"
#include "checker/sync/unique_lock.hpp"

namespace heddle::sync {
namespace {

void expect_holds(const std::function<void()>& body, const char* what = "") {
  EXPECT_EQ(problem_unless_holds(body), "") << what;
}

void expect_found(ViolationKind kind, const std::function<void()>& body) {
  EXPECT_EQ(problem_unless_found(kind, body), "");
}

struct Shared {
  mutex m;
  condition_variable cv;
  api::var<int> stage{0};
  api::atomic<int> count{0};

  bool is(int wanted) const { return stage.get() == wanted; }
};

TEST(ConditionVariable, HandsOver) {
  expect_holds([] {
    Shared s;
    run_in_threads(
        [&] {
          unique_lock lock(s.m);
          s.stage.set(1);
          s.cv.notify_one();
        },
        [&] {
          unique_lock lock(s.m);
          while (!s.is(1)) s.cv.wait(lock);
        });
  });
}

TEST(ConditionVariable, TakesAPredicate) {
  expect_holds([] {
    Shared s;
    run_in_threads(
        [&] {
          {
            lock_guard lock(s.m);
            s.stage.set(1);
          }
          s.cv.notify_one();  // also without the lock
        },
        [&] {
          unique_lock lock(s.m);
          s.cv.wait(lock, [&] { return s.is(1); });
          api::check(s.is(1), "the predicate holds");
        });
  });
}

TEST(ConditionVariable, LosesWakeUpsThatComeTooEarly) {
  expect_found(ViolationKind::deadlock, [] {
    Shared s;
    run_in_threads([&] { s.cv.notify_one(); },
                   [&] {
                     unique_lock lock(s.m);
                     s.cv.wait(lock);
                   });
  });
}

/// The notifier does not take the lock: it may come between the test and the sleep.
TEST(ConditionVariable, LosesWakeUpsBetweenTestAndSleep) {
  expect_found(ViolationKind::deadlock, [] {
    Shared s;
    run_in_threads(
        [&] {
          s.count.store(1);
          s.cv.notify_one();
        },
        [&] {
          unique_lock lock(s.m);
          while (s.count.load() == 0) s.cv.wait(lock);
        });
  });
}

TEST(ConditionVariable, NobodyIsWokenForNothing) {
  expect_found(ViolationKind::deadlock, [] {
    Shared s;
    run_in_threads([&] {
      unique_lock lock(s.m);
      s.cv.wait(lock);
    });
  });
}

TEST(ConditionVariable, WakesForNoReason) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    Shared s;
    run_in_threads([&] { lock_guard lock(s.m); },
                   [&] {
                     unique_lock lock(s.m);
                     s.cv.wait(lock);  // nobody notifies
                     reached();
                   });
  }));
  // So an `if` in the place of a `while` is found out.
  expect_found(ViolationKind::assertion_failed, [] {
    Shared s;
    run_in_threads(
        [&] {
          unique_lock lock(s.m);
          s.stage.set(1);
          s.cv.notify_one();
        },
        [&] {
          unique_lock lock(s.m);
          if (!s.is(1)) s.cv.wait(lock);
          api::check(s.is(1), "the stage was reached");
        });
  });
}

/// Two wait for different things, one of them is notified.
TEST(ConditionVariable, NotifyOneMayWakeTheWrongOne) {
  const auto body = [](bool all) {
    Shared s;
    const auto waits_for = [&](int stage) {
      unique_lock lock(s.m);
      while (s.stage.get() < stage) s.cv.wait(lock);
    };
    run_in_threads([&] { waits_for(1); }, [&] { waits_for(2); },
                   [&] {
                     {
                       lock_guard lock(s.m);
                       s.stage.set(1);
                     }
                     all ? s.cv.notify_all() : s.cv.notify_one();
                     {
                       lock_guard lock(s.m);
                       s.stage.set(2);
                     }
                     all ? s.cv.notify_all() : s.cv.notify_one();
                   });
  };
  const Result all = explore_body([&] { body(true); });
  EXPECT_EQ(all.verdict, Verdict::holds);
  expect_found(ViolationKind::deadlock, [&] { body(false); });
}

/// Which of two sleepers wakes is explored: each of them can be first.
TEST(ConditionVariable, NotifyOneWakesEither) {
  for (const int wanted : {1, 2}) {
    EXPECT_TRUE(reaches([&](const auto& reached) {
      Shared s;
      const auto sleeper = [&](int who) {
        unique_lock lock(s.m);
        s.count.fetch_add(1);
        s.cv.wait(lock);
        if (s.is(1) && who == wanted) reached();
      };
      run_in_threads([&] { sleeper(1); }, [&] { sleeper(2); },
                     [&] {
                       api::await([&] { return s.count.load() == 2; });
                       lock_guard lock(s.m);  // both sleep now
                       s.stage.set(1);
                       s.cv.notify_one();
                     });
    })) << wanted;
  }
}

TEST(ConditionVariable, TimesOut) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    Shared s;
    unique_lock lock(s.m);
    if (s.cv.wait_for(lock, 1) == cv_status::timeout) reached();
  }));
  // Time runs out some day: waiting with a time is no deadlock.
  expect_holds([] {
    Shared s;
    unique_lock lock(s.m);
    s.cv.wait_for(lock, 1);
  });
  expect_holds([] {
    Shared s;
    unique_lock lock(s.m);
    api::check(!s.cv.wait_for(lock, 1, [] { return false; }), "it never becomes true");
  });
}

TEST(ConditionVariable, IsNotifiedOrTimesOut) {
  for (const bool notified : {false, true}) {
    EXPECT_TRUE(reaches([&](const auto& reached) {
      Shared s;
      run_in_threads([&] { s.cv.notify_one(); },
                     [&] {
                       unique_lock lock(s.m);
                       if (bool(s.cv.wait_until(lock, 1)) == notified) reached();
                     });
    }));
  }
}

/// Waking orders nothing by itself: data without the lock is a race.
TEST(ConditionVariable, OrdersNoMemory) {
  expect_found(ViolationKind::data_race, [] {
    Shared s;
    api::var<int> data(0);
    run_in_threads(
        [&] {
          data.set(1);
          s.cv.notify_one();
        },
        [&] {
          s.m.lock();
          if (s.cv.wait_for(s.m, 1)) data.get();
          s.m.unlock();
        });
  });
}

TEST(ConditionVariable, MustNotEndUnderASleeper) {
  expect_found(ViolationKind::use_after_free, [] {
    auto* const s = new Shared;
    const auto sleeper = api::spawn([s] {
      unique_lock lock(s->m);
      s->cv.wait(lock);
    });
    delete s;
    api::join(sleeper);
  });
}

TEST(ConditionVariable, NeedsTheLock) {
  expect_found(ViolationKind::unlocked_unowned, [] {
    Shared s;
    s.cv.wait(s.m);
  });
}

/// A time-out comes once per thread and queue. What another thread does wrong while a later sleep
/// goes on for ever is found all the same.
TEST(WaitQueue, HidesNoViolationOfOthers) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    wait_queue queue;
    api::atomic<bool> sleeps_again(false);
    run_in_threads(
        [&] {
          queue.enqueue();
          queue.sleep({.timed = true});
          queue.enqueue();
          sleeps_again.store(true);
          queue.sleep({.timed = true});
        },
        [&] {
          if (sleeps_again.load()) reached();
        });
  }));
}

}  // namespace
}  // namespace heddle::sync
