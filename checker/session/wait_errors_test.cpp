// Waits that never end, and mutexes in wrong hands.
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::mutex;
using api::name;

void lock_both(mutex& first, mutex& second) {
  first.lock();
  second.lock();
  second.unlock();
  first.unlock();
}

void two_locks(bool same_order) {
  mutex a;
  mutex b;
  name(a, "a");
  name(b, "b");
  run_threads([&] { lock_both(a, b); },
              [&, same_order] { same_order ? lock_both(a, b) : lock_both(b, a); });
}

/// The flag goes up and down again, so that a waiter may come too late.
void wake_up(bool stays) {
  atomic<int> flag{0};
  name(flag, "flag");
  run_threads(
      [&flag, stays] {
        flag.store(1);
        if (!stays) flag.store(0);
      },
      [&flag] { await([&flag] { return flag.load() == 1; }); });
}

/// As wake_up, with the waiter first: it is scheduled before there is anything to wait for.
void waiter_first(bool stays) {
  atomic<int> flag{0};
  name(flag, "flag");
  run_threads([&flag] { await([&flag] { return flag.load(acquire) == 1; }); },
              [&flag, stays] {
                flag.store(1, release);
                if (!stays) flag.store(0, release);
              });
}

void await_two(bool both) {
  atomic<int> x{0};
  atomic<int> y{0};
  run_threads([&] { await([&] { return x.load() == 1 && y.load() == 1; }); },
              [&, both] {
                x.store(1);
                if (both) y.store(1);
              });
}

void keep_lock(bool unlocks) {
  mutex m;
  name(m, "m");
  const auto lock = [&m, unlocks] {
    m.lock();
    if (unlocks) m.unlock();
  };
  // Nobody ends the life of the mutex while it is held, so nothing else is wrong.
  const std::uint32_t first = api::spawn(lock);
  const std::uint32_t second = api::spawn(lock);
  api::join(first);
  api::join(second);
}

void spin(bool somebody_sets) {
  atomic<bool> flag{false};
  name(flag, "flag");
  run_threads(
      [&flag] {
        while (!flag.load()) {
        }
      },
      [&flag, somebody_sets] {
        if (somebody_sets) flag.store(true);
      });
}

void spin_on_exchange(bool unlocks) {
  atomic<bool> taken{false};
  name(taken, "taken");
  const auto work = [&taken, unlocks] {
    while (taken.exchange(true, acquire)) {
    }
    if (unlocks) taken.store(false, release);
  };
  run_threads(work, work);
}

void spin_on_cas(bool unlocks) {
  atomic<int> owner{0};
  name(owner, "owner");
  const auto work = [&owner, unlocks] {
    int free = 0;
    while (!owner.compare_exchange_strong(free, 1)) free = 0;
    if (unlocks) owner.store(0);
  };
  run_threads(work, work);
}

void spin_on_try_lock(bool unlocks) {
  mutex m;
  name(m, "m");
  const auto work = [&m, unlocks] {
    while (!m.try_lock()) {
    }
    if (unlocks) m.unlock();
  };
  run_threads(work, work);
}

void join_each_other(bool waits) {
  run_threads([waits] { waits ? api::join(2) : void(); }, [] { api::join(1); });
}

void unlock_by_other(bool owner) {
  mutex m;
  name(m, "m");
  run_threads(
      [&m, owner] {
        m.lock();
        if (owner) m.unlock();
      },
      [&m, owner] {
        if (owner) m.lock();
        m.unlock();
      });
}

void unlock_free() {
  mutex m;
  name(m, "m");
  run_threads([&m] { m.unlock(); });
}

void lock_twice(bool unlocks) {
  mutex m;
  name(m, "m");
  run_threads([&m, unlocks] {
    m.lock();
    if (unlocks) m.unlock();
    m.lock();
    m.unlock();
  });
}

void destroy_held(bool unlocks) {
  mutex m;
  name(m, "m");
  run_threads([&m, unlocks] {
    m.lock();
    if (unlocks) m.unlock();
  });
}

std::vector<ErrorCase> deadlocks() {
  const auto deadlock = ViolationKind::deadlock;
  return {
      {.name = "locks_in_two_orders",
       .kind = deadlock,
       .says = {"thread 1 waits for 'b', held by thread 2",
                "thread 2 waits for 'a', held by thread 1"},
       .at = "1 lock b",
       .body = [] { two_locks(false); },
       .repaired = [] { two_locks(true); }},
      {.name = "lost_wake_up",
       .kind = deadlock,
       .says = {"thread 2 waits for a value of 'flag' that never comes"},
       .at = "2 load flag",
       .body = [] { wake_up(false); },
       .repaired = [] { wake_up(true); }},
      {.name = "lost_wake_up_of_first_thread",
       .kind = deadlock,
       .says = {"thread 1 waits for a value of 'flag' that never comes"},
       .at = "1 load flag",
       .body = [] { waiter_first(false); },
       .repaired = [] { waiter_first(true); }},
      {.name = "await_of_two_values",
       .kind = deadlock,
       .says = {"thread 1 waits"},
       .at = "1 load atomic@wait_errors_test.cpp:52",
       .body = [] { await_two(false); },
       .repaired = [] { await_two(true); }},
      {.name = "lock_that_is_kept",
       .kind = deadlock,
       .says = {"thread 2 waits for 'm', held by thread 1"},
       .at = "2 lock m",
       .body = [] { keep_lock(false); },
       .repaired = [] { keep_lock(true); }},
      {.name = "threads_that_join_each_other",
       .kind = deadlock,
       .says = {"thread 1 waits for the end of thread 2", "thread 2 waits for the end of thread 1"},
       .at = "1 join",
       .body = [] { join_each_other(true); },
       .repaired = [] { join_each_other(false); }},
  };
}

std::vector<ErrorCase> spins() {
  const auto endless = ViolationKind::endless_spin;
  return {
      {.name = "spin",
       .kind = endless,
       .says = {"thread 1 waits for a value of 'flag'"},
       .at = "1 load flag",
       .body = [] { spin(false); },
       .repaired = [] { spin(true); }},
      {.name = "spin_on_exchange",
       .kind = endless,
       .says = {"waits for a value of 'taken'"},
       .at = "2 exchange taken",
       .body = [] { spin_on_exchange(false); },
       .repaired = [] { spin_on_exchange(true); }},
      {.name = "spin_on_cas",
       .kind = endless,
       .says = {"waits for a value of 'owner'"},
       .at = "2 compare_exchange owner",
       .body = [] { spin_on_cas(false); },
       .repaired = [] { spin_on_cas(true); }},
      {.name = "spin_on_try_lock",
       .kind = endless,
       .says = {"waits for", "'m'"},
       .at = "2 try_lock m",
       .body = [] { spin_on_try_lock(false); },
       .repaired = [] { spin_on_try_lock(true); }},
  };
}

std::vector<ErrorCase> mutex_misuses() {
  return {
      {.name = "unlock_by_other",
       .kind = ViolationKind::unlocked_unowned,
       .says = {"thread 2 unlocks 'm', which it does not hold"},
       .at = "2 unlock m",
       .other = "1 lock m",
       .body = [] { unlock_by_other(false); },
       .repaired = [] { unlock_by_other(true); }},
      {.name = "unlock_of_free_mutex",
       .kind = ViolationKind::unlocked_unowned,
       .says = {"thread 1 unlocks 'm', which it does not hold"},
       .at = "1 unlock m",
       .other = "0 construct m",
       .body = unlock_free,
       .repaired = [] { unlock_by_other(true); }},
      {.name = "lock_twice",
       .kind = ViolationKind::locked_twice,
       .says = {"thread 1 locks 'm', which it holds already"},
       .at = "1 lock m",
       .other = "1 lock m",
       .body = [] { lock_twice(false); },
       .repaired = [] { lock_twice(true); }},
      {.name = "destroy_held_mutex",
       .kind = ViolationKind::destroyed_locked,
       .says = {"destroys 'm', which is held"},
       .at = "0 destroy m",
       .other = "1 lock m",
       .body = [] { destroy_held(false); },
       .repaired = [] { destroy_held(true); }},
  };
}

}  // namespace

std::vector<ErrorCase> wait_error_cases() {
  return joined(deadlocks(), joined(spins(), mutex_misuses()));
}

}  // namespace heddle
