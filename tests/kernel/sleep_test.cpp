// Sleeping and waking, as kernel/sched/core.c of 6.1 does it.
#include <gtest/gtest.h>

#include "model/bitops.hpp"
#include "model/wait.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

/// Store buffering with schedule() as one of the two barriers.
struct schedule_between : rl::test_suite<schedule_between, 2> {
  kthread k{"task"};
  atomic_t x{0};
  atomic_t y{0};
  rl::var<int> seen[2];

  void thread(unsigned i) {
    if (i == 0) {
      WRITE_ONCE(x, 1);
      schedule(k);
      VAR(seen[0]) = READ_ONCE(y);
    } else {
      WRITE_ONCE(y, 1);
      smp_mb();
      VAR(seen[1]) = READ_ONCE(x);
    }
  }
  void after() { heddle::api::check(VAR(seen[0]) + VAR(seen[1]) != 0, "both are stale", $); }
};

TEST(Schedule, IsAFullBarrier) { EXPECT_EQ(violated_under<schedule_between>(), Models{}); }

/// A sleeper that looks for its reason once, or until it is there.
template <bool loops>
struct waiter : rl::test_suite<waiter<loops>, 2> {
  wait_queue_head q{"q"};
  kthread k{"task"};
  atomic_t condition{0};

  void thread(unsigned i) {
    if (i == 1) {
      WRITE_ONCE(condition, 1);
      if (wq_has_sleeper(q)) wake_up(q);
      return;
    }
    do {
      prepare_to_wait_exclusive(q, k, TASK_INTERRUPTIBLE);
      if (READ_ONCE(condition) != 0) break;
      schedule(k);
    } while (loops);
    finish_wait(q, k);
    heddle::api::check(READ_ONCE(condition) == 1, "woken for nothing", $);
  }
};

TEST(Schedule, MayReturnForNoReason) {
  EXPECT_EQ(violated_under<waiter<false>>("woken for nothing"), all_models());
  EXPECT_EQ(violated_under<waiter<true>>(), Models{});
}

/// The result says what that leaves out.
TEST(Schedule, ReturnsForNoReasonOnceOnly) {
  const std::vector<std::string> bounds = run_suite<waiter<true>>("sc").bounds;
  ASSERT_EQ(bounds.size(), 1U);
  EXPECT_EQ(bounds[0], "at most one wake-up of each kernel thread for no reason");
}

/// `waker` wakes a thread that sleeps in the state `sleep`.
template <int sleep, bool (*waker)(kthread&)>
struct woken : rl::test_suite<woken<sleep, waker>, 2> {
  kthread k{"task"};
  atomic_t condition{0};

  void thread(unsigned i) {
    if (i == 1) {
      WRITE_ONCE(condition, 1);
      waker(k);
      return;
    }
    for (;;) {
      set_current_state(k, sleep);
      if (READ_ONCE(condition) != 0) break;
      schedule(k);
    }
    WRITE_ONCE(k.state, TASK_RUNNING);
  }
};

bool wake_interruptible(kthread& k) { return wake_up_state(k, TASK_INTERRUPTIBLE); }

TEST(WakeUpProcess, WakesBothUsualKindsOfSleep) {
  EXPECT_EQ((violated_under<woken<TASK_INTERRUPTIBLE, wake_up_process>>()), Models{});
  EXPECT_EQ((violated_under<woken<TASK_UNINTERRUPTIBLE, wake_up_process>>()), Models{});
}

TEST(WakeUpProcess, WakesNoOthers) {
  EXPECT_EQ((violated_under<woken<TASK_PARKED, wake_up_process>>("waits for a value of")),
            all_models());
  EXPECT_EQ(
      (violated_under<woken<TASK_UNINTERRUPTIBLE, wake_interruptible>>("waits for a value of")),
      all_models());
}

/// smpboot_thread_fn() and kthread_park(): the wake-up has seen TASK_INTERRUPTIBLE, and stores
/// TASK_RUNNING when the thread has parked. Mended by f83ee19be4 ("kthread/smpboot: Serialize
/// kthread parking against wakeup").
template <bool special>
struct parking : rl::test_suite<parking<special>, 2> {
  static constexpr unsigned should_park = 0;
  static constexpr unsigned is_parked = 1;

  kthread k{"smpboot"};
  heddle::api::atomic<unsigned> flags{0};

  void thread(unsigned i) {
    if (i == 1) {
      set_bit(should_park, flags);
      wake_up_process(k);
      return;
    }
    set_current_state(k, TASK_INTERRUPTIBLE);
    if (!test_bit(should_park, flags)) {
      WRITE_ONCE(k.state, TASK_RUNNING);
      return;
    }
    if (special) {
      set_special_state(k, TASK_PARKED);
    } else {
      WRITE_ONCE(k.state, TASK_PARKED);
    }
    set_bit(is_parked, flags);
  }
  void after() {
    heddle::api::check(!test_bit(is_parked, flags) || READ_ONCE(k.state) == TASK_PARKED,
                       "a parked thread runs", $);
  }
};

TEST(WakeUpProcess, OverwritesANewerState) {
  EXPECT_EQ(violated_under<parking<false>>("a parked thread runs"), all_models());
  EXPECT_EQ(violated_under<parking<true>>(), Models{});
}

}  // namespace
}  // namespace kernel
