#include "checker/sync/lock.hpp"

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

/// Two threads add to a plain variable under the lock.
template <typename Mutex>
void count_under() {
  Mutex m;
  api::var<int> data(0);
  const auto add = [&] {
    lock_guard lock(m);
    data.set(data.get() + 1);
  };
  run_in_threads(add, add);
  api::check(data.get() == 2, "no addition is lost");
}

TEST(Locks, Exclude) {
  expect_holds(count_under<mutex>, "mutex");
  expect_holds(count_under<recursive_mutex>, "recursive_mutex");
  expect_holds(count_under<timed_mutex>, "timed_mutex");
  expect_holds(count_under<recursive_timed_mutex>, "recursive_timed_mutex");
  expect_holds(count_under<shared_mutex>, "shared_mutex");
  expect_holds(count_under<shared_timed_mutex>, "shared_timed_mutex");
}

template <typename Mutex>
void lock_twice() {
  Mutex m;
  m.lock();
  m.lock();
  m.unlock();
  m.unlock();
}

TEST(Locks, RecursionIsForRecursiveOnes) {
  expect_holds(lock_twice<recursive_mutex>);
  expect_holds(lock_twice<recursive_timed_mutex>);
  expect_found(ViolationKind::locked_twice, lock_twice<mutex>);
  expect_found(ViolationKind::locked_twice, lock_twice<timed_mutex>);
  expect_found(ViolationKind::locked_twice, lock_twice<shared_mutex>);
}

TEST(Locks, RecursiveOnesAreFreeOnlyInTheEnd) {
  expect_found(ViolationKind::deadlock, [] {
    recursive_mutex m;
    run_in_threads(
        [&] {
          m.lock();
          m.lock();
          m.unlock();
        },
        [&] { m.lock(); });
  });
}

template <typename Mutex>
void unlock_free() {
  Mutex m;
  m.unlock();
}

template <typename Mutex>
void unlock_of_other() {
  Mutex m;
  m.lock();
  run_in_threads([&] { m.unlock(); });
}

template <typename Mutex>
void destroy_held() {
  Mutex m;
  m.lock();
}

TEST(Locks, MisuseIsNamed) {
  expect_found(ViolationKind::unlocked_unowned, unlock_free<recursive_mutex>);
  expect_found(ViolationKind::unlocked_unowned, unlock_free<timed_mutex>);
  expect_found(ViolationKind::unlocked_unowned, unlock_of_other<recursive_mutex>);
  expect_found(ViolationKind::unlocked_unowned, unlock_of_other<shared_mutex>);
  expect_found(ViolationKind::destroyed_locked, destroy_held<recursive_mutex>);
  expect_found(ViolationKind::destroyed_locked, destroy_held<timed_mutex>);
  expect_found(ViolationKind::unlocked_unowned, [] {
    shared_mutex m;
    m.lock();
    m.unlock_shared();
  });
}

TEST(SharedLocks, LetReadersInTogether) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    shared_mutex m;
    api::atomic<int> readers{0};
    const auto read = [&] {
      shared_lock lock(m);
      if (readers.fetch_add(1) == 1) reached();
      readers.fetch_sub(1);
    };
    run_in_threads(read, read);
  }));
}

TEST(SharedLocks, KeepWritersApart) {
  expect_holds([] {
    shared_mutex m;
    api::var<int> data(0);
    run_in_threads(
        [&] {
          unique_lock lock(m);
          data.set(1);
          data.set(2);
        },
        [&] {
          shared_lock lock(m);
          api::check(data.get() != 1, "a reader sees no half of a write");
        });
  });
}

TEST(SharedLocks, WritingUnderASharedLockIsARace) {
  expect_found(ViolationKind::data_race, [] {
    shared_mutex m;
    api::var<int> data(0);
    const auto write = [&] {
      shared_lock lock(m);
      data.set(1);
    };
    run_in_threads(write, write);
  });
}

/// Readers take turns at the lock, but the standard orders them only with writers.
TEST(SharedLocks, OrderNoReadersAmongThemselves) {
  const auto body = [](bool writes) {
    shared_mutex m;
    api::var<int> data(0);
    api::atomic<bool> written(false);
    run_in_threads(
        [&, writes] {
          writes ? m.lock() : m.lock_shared();
          data.set(1);
          writes ? m.unlock() : m.unlock_shared();
          written.store(true, std::memory_order_relaxed);
        },
        [&] {
          api::await([&] { return written.load(std::memory_order_relaxed); });
          shared_lock lock(m);
          data.get();
        });
  };
  expect_holds([&] { body(true); });
  // Under sc the flag itself orders them.
  const Result result = explore_body([&] { body(false); }, {.model = "cpp20"});
  EXPECT_EQ(outcome_of(result).substr(0, 9), "data race");
}

/// Also behind writers that left before the last one, and writers behind all readers.
TEST(SharedLocks, OrderReadersBehindAllWriters) {
  expect_holds([] {
    shared_mutex m;
    api::var<int> a(0), b(0);
    const auto write = [&m](api::var<int>& data) {
      unique_lock lock(m);
      data.set(data.get() + 1);
    };
    run_in_threads([&] { write(a); }, [&] { write(b); },
                   [&] {
                     shared_lock lock(m);
                     api::check(a.get() + b.get() <= 2, "each wrote once");
                   });
  });
}

/// The reader sees one, none or both of two writers: as many executions as there are orders.
TEST(SharedLocks, CostNoExecutionsBeyondTheirOrders) {
  const auto body = [] {
    shared_mutex m;
    const auto write = [&] { unique_lock lock(m); };
    run_in_threads(write, write, [&] { shared_lock lock(m); });
  };
  const Result result = explore_body(body);
  EXPECT_EQ(result.verdict, Verdict::holds) << outcome_of(result);
  EXPECT_EQ(result.executions.complete, 6U);
}

TEST(SharedLocks, MayFailToBeTakenForNoReason) {
  const auto body = [] {
    shared_mutex m;
    if (m.try_lock_shared()) m.unlock_shared();
    if (m.try_lock()) m.unlock();
  };
  EXPECT_EQ(explore_body(body, {.spurious = false}).executions.complete, 1U);
  EXPECT_EQ(explore_body(body, {.spurious = true}).executions.complete, 4U);
}

TEST(SharedLocks, ChangeTheirKindOnlyByUnlocking) {
  expect_found(ViolationKind::shared_to_exclusive, [] {
    shared_mutex m;
    m.lock_shared();
    m.lock();
  });
  expect_found(ViolationKind::exclusive_to_shared, [] {
    shared_mutex m;
    m.lock();
    m.lock_shared();
  });
}

TEST(TimedLocks, GetItOrRunOutOfTime) {
  for (const bool gets : {false, true}) {
    EXPECT_TRUE(reaches([&](const auto& reached) {
      timed_mutex m;
      run_in_threads([&] { lock_guard lock(m); },
                     [&] {
                       if (m.try_lock_for(1) == gets) {
                         reached();
                       } else if (!gets) {
                         m.unlock();
                       }
                     });
    }));
  }
}

TEST(TimedLocks, NeverRunOutOfTimeWhereNobodyHoldsThem) {
  expect_holds([] {
    timed_mutex m;
    api::check(m.try_lock_until(1), "it is free");
    m.unlock();
  });
}

TEST(TimedLocks, AreNoDeadlock) {
  expect_holds([] {
    timed_mutex a, b;
    run_in_threads(
        [&] {
          lock_guard lock(a);
          if (b.try_lock_for(1)) b.unlock();
        },
        [&] {
          lock_guard lock(b);
          if (a.try_lock_for(1)) a.unlock();
        });
  });
}

void lock_two(bool at_once) {
  mutex a, b;
  const auto both = [at_once](mutex& one, mutex& other) {
    if (at_once) {
      scoped_lock lock(one, other);
    } else {
      scoped_lock first(one);
      scoped_lock second(other);
    }
  };
  run_in_threads([&] { both(a, b); }, [&] { both(b, a); });
}

TEST(ScopedLock, LocksSeveralWithoutDeadlock) {
  const Result result = explore_body([] { lock_two(true); });
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
  expect_found(ViolationKind::deadlock, [] { lock_two(false); });
}

TEST(UniqueLock, CanBeMovedAndGivenBack) {
  expect_holds([] {
    mutex m;
    unique_lock<mutex> a(m);
    unique_lock<mutex> b(std::move(a));
    api::check(!a.owns_lock() && b.owns_lock(), "moved");
    b.unlock();
    unique_lock<mutex> c(m, defer_lock);
    api::check(!c, "deferred");
    c.lock();
    unique_lock<mutex> d;
    d = std::move(c);
    api::check(d.mutex() == &m && d.release() == &m, "released");
    unique_lock<mutex> e(m, adopt_lock);
    e.unlock();
    unique_lock<mutex> f(m, try_to_lock);
    api::check(f.owns_lock(), "it was free");
  });
}

TEST(UniqueLock, MisuseIsNamed) {
  expect_found(ViolationKind::unlocked_unowned, [] { unique_lock<mutex>().lock(); });
  expect_found(ViolationKind::locked_twice, [] {
    mutex m;
    unique_lock<mutex> lock(m);
    lock.lock();
  });
  expect_found(ViolationKind::unlocked_unowned, [] {
    mutex m;
    unique_lock<mutex> lock(m, defer_lock);
    lock.unlock();
  });
}

template <typename Lock>
__attribute__((noinline)) void lock_once_more(Lock& lock) {
  lock.lock();
}

/// How deep a lock is held is no event, but remembered: the loop is no wait.
template <typename Lock>
void lock_in_each_round() {
  api::atomic<int> x{0};
  Lock m;
  run_in_threads(
      [&] {
        lock_once_more(m);
        while (x.load() == 0) lock_once_more(m);
        m.unlock();
      },
      [&] {
        x.store(1);
        m.lock();
        m.unlock();
      });
}

TEST(RecursiveMutex, DepthsAreRemembered) {
  expect_found(ViolationKind::deadlock, lock_in_each_round<recursive_mutex>);
  expect_found(ViolationKind::deadlock, lock_in_each_round<recursive_timed_mutex>);
}

}  // namespace
}  // namespace heddle::sync
