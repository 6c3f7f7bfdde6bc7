// Queueing, flushing and running work, as kernel/workqueue.c of 6.1 does it.
#include "model/workqueue.hpp"

#include <gtest/gtest.h>

#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

/// Thread 0 queues the item in the way `queue` and tells thread 1 by a flag that orders nothing.
/// Thread 1 then waits for it in the way `flush`.
template <auto queue, auto flush>
struct told : rl::test_suite<told<queue, flush>, 2> {
  atomic_t runs{0};
  atomic_t flag{0};
  delayed_work dwork{[](void* count) { atomic_inc(*static_cast<atomic_t*>(count)); }, &runs,
                     "dwork"};
  workqueue wq{dwork};

  void before() { wq.start(); }
  void thread(unsigned i) {
    if (i == 0) {
      queue(dwork);
      WRITE_ONCE(flag, 1);
      return;
    }
    heddle::api::await([&] { return READ_ONCE(flag) == 1; });
    flush(dwork);
    heddle::api::check(READ_ONCE(runs) == 1, "the flush returned early", $);
  }
  void after() { wq.destroy(); }
};

void start_timer(delayed_work& dwork) { schedule_delayed_work(dwork); }
void queue_at_once(delayed_work& dwork) { schedule_delayed_work(dwork, 0); }
void flush_item(delayed_work& dwork) { flush_work(dwork); }
void flush_timer_and_item(delayed_work& dwork) { flush_delayed_work(dwork); }

/// A critical section of base->lock that came before add_timer() can't have read the flag.
TEST(FlushDelayedWork, WaitsForATimerThatItWasToldOf) {
  EXPECT_EQ((violated_under<told<start_timer, flush_timer_and_item>>()), Models{});
}

TEST(FlushWork, DoesNotWaitForATimer) {
  EXPECT_EQ((violated_under<told<start_timer, flush_item>>("returned early")), all_models());
}

/// Whether the item has ever been queued is read without a lock, so it may be missed by a thread
/// that was told in a way that orders nothing.
TEST(FlushWork, MayMissTheFirstQueueing) {
  EXPECT_EQ((violated_under<told<queue_at_once, flush_item>>("returned early")), relaxed_models);
}

/// One thread queues at once and flushes.
template <auto queue>
struct queues_and_flushes : rl::test_suite<queues_and_flushes<queue>, 1> {
  heddle::api::var<int> data{0};
  delayed_work dwork{[](void* x) { static_cast<heddle::api::var<int>*>(x)->set(1); }, &data,
                     "dwork"};
  workqueue wq{dwork};

  void before() { wq.start(); }
  void thread(unsigned) {
    queue(dwork);
    flush_work(dwork);
    heddle::api::check(data.get() == 1, "flush_work() returned early", $);
  }
  void after() { wq.destroy(); }
};

void queue_item(delayed_work& dwork) { queue_work(dwork); }

TEST(FlushWork, WaitsForWhatIsQueued) {
  EXPECT_EQ(violated_under<queues_and_flushes<queue_item>>(), Models{});
  EXPECT_EQ(violated_under<queues_and_flushes<queue_at_once>>(), Models{});
}

/// base->lock orders nothing for who takes pool->lock: a thread that sees by a flag that the timer
/// was started, and calls flush_work(), does not see what was done before.
struct two_locks : rl::test_suite<two_locks, 2> {
  rl::var<int> data{0};
  atomic_t flag{0};
  delayed_work dwork{[](void*) {}, nullptr, "dwork"};
  workqueue wq{dwork};

  void before() {
    queue_work(dwork);  // so that there is a pool, whose lock flush_work() takes
    wq.start();
    flush_work(dwork);
  }
  void thread(unsigned i) {
    if (i == 0) {
      VAR(data) = 1;
      schedule_delayed_work(dwork);
      WRITE_ONCE(flag, 1);
    } else if (READ_ONCE(flag) == 1) {
      flush_work(dwork);
      heddle::api::check(VAR(data) == 1, "stale", $);
    }
  }
  void after() { wq.destroy(); }
};

TEST(FlushWork, IsNotOrderedByTheTimersLock) {
  EXPECT_EQ(violated_under<two_locks>("without happens-before order"), relaxed_models);
}

/// The item queues itself again while it runs, once; nobody may run it twice at a time.
struct requeued : rl::test_suite<requeued, 1> {
  rl::var<int> runs{0};
  delayed_work dwork{[](void* suite) { static_cast<requeued*>(suite)->run(); }, this, "dwork"};
  workqueue wq{dwork};

  void run() {
    VAR(runs) = VAR(runs) + 1;
    if (VAR(runs) == 1) queue_work(dwork);
  }
  void before() { wq.start(); }
  void thread(unsigned) {
    schedule_delayed_work(dwork);
    flush_delayed_work(dwork);
  }
  void after() {
    wq.destroy();
    heddle::api::check(VAR(runs) == 2, "a queued run is lost", $);
  }
};

TEST(QueueWork, WhileTheItemRuns) { EXPECT_EQ(violated_under<requeued>(), Models{}); }

/// A work item without a timer.
struct plain_work : rl::test_suite<plain_work, 2> {
  heddle::api::var<int> data{0};
  work_struct work{[](void* x) { static_cast<heddle::api::var<int>*>(x)->set(1); }, &data, "work"};
  workqueue wq{work};

  void before() { wq.start(); }
  void thread(unsigned) {
    queue_work(work);
    flush_work(work);
  }
  void after() {
    wq.destroy();
    heddle::api::check(data.get() == 1, "the work has not run", $);
  }
};

TEST(QueueWork, NeedsNoTimer) { EXPECT_EQ(violated_under<plain_work>(), Models{}); }

/// "Ghost PENDING": process_one_work() and queue_work() as they were. `barrier`: as mended by
/// 346c09f80459 ("workqueue: fix ghost PENDING flag"), the flag is cleared ahead of a full barrier.
/// `ordered`: as mended by 415d83249709, a test_and_set_bit() that finds the bit set orders.
template <bool barrier, bool ordered>
struct ghost_pending : rl::test_suite<ghost_pending<barrier, ordered>, 2> {
  heddle::api::atomic<unsigned> data{1};  // PENDING: the worker is about to run it
  atomic_t request{0};
  rl::var<bool> seen{false};
  rl::var<bool> queued{false};

  bool is_pending() {
    return (!ordered && (READ_ONCE(data) & 1) != 0) || test_and_set_bit(0, data);
  }
  void thread(unsigned i) {
    if (i == 0) {
      smp_wmb();
      WRITE_ONCE(data, 0);
      if (barrier) smp_mb();
      VAR(seen) = READ_ONCE(request) != 0;
    } else {
      WRITE_ONCE(request, 1);
      if (!is_pending()) VAR(queued) = true;
    }
  }
  void after() { heddle::api::check(VAR(seen) || VAR(queued), "the request is lost", $); }
};

TEST(History, GhostPending) {
  EXPECT_EQ((violated_under<ghost_pending<true, true>>()), Models{});
  EXPECT_EQ((violated_under<ghost_pending<false, true>>("is lost")),
            (Models{"tso", "ra", "rc11", "cpp20"}));
  EXPECT_EQ((violated_under<ghost_pending<true, false>>("is lost")),
            (Models{"tso", "ra", "rc11", "cpp20"}));
}

}  // namespace
}  // namespace kernel
