// Bugs of Linux's history around wait queues and counters, and that their fixes hold.
#include "model/wait.hpp"

#include <gtest/gtest.h>

#include "model/seqlock.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

enum class Fix { none, acquire, full_barrier };

/// kcompactd: waitqueue_active() without a barrier misses a sleeper. The first fix, 46acef048a65
/// ("mm,compaction: serialize waitqueue_active() checks"), gave an acquire, which is not enough;
/// 6818600ff094 the full barrier of wq_has_sleeper().
template <Fix fix>
struct kcompactd : rl::test_suite<kcompactd<fix>, 2> {
  wait_queue_head wait{"kcompactd_wait"};
  kthread k{"kcompactd"};
  atomic_t max_order{0};

  void thread(unsigned i) {
    if (i == 1) {
      wake();
      return;
    }
    for (;;) {
      prepare_to_wait_exclusive(wait, k, TASK_INTERRUPTIBLE);
      if (READ_ONCE(max_order) != 0) break;
      schedule(k);
    }
    finish_wait(wait, k);
  }
  void wake() {
    if (READ_ONCE(max_order) < 3) WRITE_ONCE(max_order, 3);
    if (fix == Fix::acquire) smp_acquire__after_ctrl_dep();
    if (fix == Fix::full_barrier) smp_mb();
    if (waitqueue_active(wait)) wake_up(wait);
  }
};

TEST(History, KcompactdSleepsOn) {
  const Models weak = {"tso", "ra", "rc11", "cpp20"};
  EXPECT_EQ(violated_under<kcompactd<Fix::none>>("__state"), weak);
  EXPECT_EQ(violated_under<kcompactd<Fix::acquire>>("__state"), weak);
  EXPECT_EQ(violated_under<kcompactd<Fix::full_barrier>>(), Models{});
}

/// rq_qos_throttle(): two waiters each think that the other is first in the queue. `mended`: by
/// 11c7aa0ddea8 ("rq-qos: fix missed wake-ups in rq_qos_throttle try two"), the queue says who
/// found it empty. Sleeps do not end for no reason here, to keep it small.
template <bool mended>
struct rq_qos : rl::test_suite<rq_qos<mended>, 3> {
  wait_queue_head wait{"rqw.wait"};
  kthread waiters[2] = {kthread{"waiter 0"}, kthread{"waiter 1"}};
  atomic_t inflight{1};
  atomic_t token[2] = {atomic_t{0}, atomic_t{0}};

  void before() {
    for (kthread& each : waiters) each.was_woken_for_nothing.set(true);
  }
  bool acquire_inflight() {  // rq_wait_inc_below() with the limit 1
    int old = READ_ONCE(inflight);
    do {
      if (old >= 1) return false;
    } while (!try_cmpxchg(inflight, old, old + 1));
    return true;
  }
  void done() {  // rq_qos_wake_function()
    atomic_dec_and_test(inflight);
    if (!wq_has_sleeper(wait)) return;
    spin_lock(wait.lock);
    if (READ_ONCE(wait.count) != 0 && acquire_inflight()) {
      kthread& first = *wait.sleepers[0].get();
      WRITE_ONCE(token[&first - waiters], 1);
      smp_wmb();
      remove_from_queue(wait, first);
      wake_up_process(first);
    }
    spin_unlock(wait.lock);
  }
  void throttle(unsigned i) {
    if (!waitqueue_active(wait) && acquire_inflight()) return;
    const bool was_empty = prepare_to_wait_exclusive(wait, waiters[i], TASK_INTERRUPTIBLE);
    bool others = mended ? !was_empty : READ_ONCE(wait.count) != 1;
    while (READ_ONCE(token[i]) == 0) {
      if (!others && acquire_inflight()) {
        finish_wait(wait, waiters[i]);
        smp_rmb();
        if (READ_ONCE(token[i]) != 0) done();
        return;
      }
      schedule(waiters[i]);
      others = true;
      set_current_state(waiters[i], TASK_INTERRUPTIBLE);
    }
    finish_wait(wait, waiters[i]);
  }
  void thread(unsigned i) {
    if (i < 2) throttle(i);
    done();
  }
};

TEST(History, RqQosWaitersWaitForEachOther) {
  EXPECT_EQ(run_suite<rq_qos<false>>("sc").verdict, heddle::Verdict::violated);
  EXPECT_EQ(run_suite<rq_qos<true>>("sc").verdict, heddle::Verdict::holds);
  EXPECT_EQ(run_suite<rq_qos<true>>("cpp20").verdict, heddle::Verdict::holds);
}

/// __legitimize_mnt() against the last mntput(): each looks at what the other writes, and needs a
/// full barrier in between (119e1ef80ecf, "fix __legitimize_mnt()/mntput() race").
template <bool first_barrier, bool second_barrier>
struct legitimize : rl::test_suite<legitimize<first_barrier, second_barrier>, 2> {
  seqlock_t mount_lock{"mount_lock"};
  atomic_t count[2] = {atomic_t{0}, atomic_t{1}};  // mnt_pcp, for each CPU
  rl::var<bool> doomed{false};
  rl::var<bool> legitimized{false};

  void add(unsigned cpu, int n) { WRITE_ONCE(count[cpu], READ_ONCE(count[cpu]) + n); }
  void thread(unsigned i) {
    if (i == 1) {
      put();
      return;
    }
    add(0, 1);
    if (first_barrier) smp_mb();
    if (!read_seqretry(mount_lock, 0)) {
      VAR(legitimized) = true;
      return;
    }
    write_seqlock(mount_lock);
    if (VAR(doomed)) {
      add(0, -1);
    } else {
      VAR(legitimized) = true;
    }
    write_sequnlock(mount_lock);
  }
  void put() {
    write_seqlock(mount_lock);
    if (second_barrier) smp_mb();
    add(1, -1);
    if (READ_ONCE(count[0]) + READ_ONCE(count[1]) == 0) VAR(doomed) = true;
    write_sequnlock(mount_lock);
  }
  void after() {
    heddle::api::check(!(VAR(legitimized) && VAR(doomed)), "a mount is used and freed", $);
  }
};

TEST(History, MountsAreLegitimizedAndFreed) {
  const Models weak = {"tso", "ra", "rc11", "cpp20"};
  EXPECT_EQ((violated_under<legitimize<true, true>>()), Models{});
  EXPECT_EQ((violated_under<legitimize<false, true>>("used and freed")), weak);
  EXPECT_EQ((violated_under<legitimize<true, false>>("used and freed")), weak);
}

}  // namespace
}  // namespace kernel
