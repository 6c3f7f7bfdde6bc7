// Wait queues: threads that sleep until somebody wakes the queue.
#pragma once

#include "model/kthread.hpp"

namespace kernel {

/// struct wait_queue_head (include/linux/wait.h, 6.1), for at most `room` sleepers. They are in the
/// order of their coming; the lock protects all. `count` is atomic because waitqueue_active() looks
/// at the list without the lock.
struct wait_queue_head {
  static constexpr int room = 4;

  explicit wait_queue_head(const char* label) {
    name_member(lock.lock, label, "lock");
    name_member(count, label, "count");
    for (const auto& each : sleepers) name_member(each, label, "sleeper");
  }

  spinlock_t lock;
  atomic_t count{0};
  heddle::api::var<kthread*> sleepers[room];
};

/// Where `k` stands in the queue, -1 if it does not. With the lock held.
inline int place_in_queue(wait_queue_head& q, const kthread& k) {
  const int count = READ_ONCE(q.count);
  for (int i = 0; i < count; ++i) {
    if (q.sleepers[i].get() == &k) return i;
  }
  return -1;
}

/// Takes `k` out of the queue if it is there, with the lock held: list_del_init.
inline void remove_from_queue(wait_queue_head& q, const kthread& k) {
  const int place = place_in_queue(q, k);
  if (place < 0) return;
  const int last = READ_ONCE(q.count) - 1;
  for (int i = place; i < last; ++i) q.sleepers[i].set(q.sleepers[i + 1].get());
  WRITE_ONCE(q.count, last);
}

/// Queues the caller, at most once, and announces that it is about to sleep; returns whether the
/// queue was empty: prepare_to_wait_exclusive (kernel/sched/wait.c, 6.1).
inline bool prepare_to_wait_exclusive(wait_queue_head& q, kthread& current, int state) {
  spin_lock(q.lock);
  const int count = READ_ONCE(q.count);
  if (count == wait_queue_head::room) heddle::api::misuse("a wait queue has room for 4 threads");
  if (place_in_queue(q, current) < 0) {
    q.sleepers[count].set(&current);
    WRITE_ONCE(q.count, count + 1);
  }
  set_current_state(current, state);
  spin_unlock(q.lock);
  return count == 0;
}

/// Ends the wait: finish_wait (kernel/sched/wait.c, 6.1). The kernel leaves the lock alone where
/// the entry is off the list already. Here it is always taken, so that the caller is ordered with
/// all who hold it, not only with who woke it.
inline void finish_wait(wait_queue_head& q, kthread& current) {
  WRITE_ONCE(current.state, TASK_RUNNING);
  spin_lock(q.lock);
  remove_from_queue(q, current);
  spin_unlock(q.lock);
}

/// Whether somebody sleeps, as far as the caller can see; it needs a barrier of the caller's:
/// waitqueue_active (include/linux/wait.h, 6.1).
inline bool waitqueue_active(const wait_queue_head& q) { return READ_ONCE(q.count) != 0; }

/// The same with the barrier: wq_has_sleeper (include/linux/wait.h, 6.1).
inline bool wq_has_sleeper(const wait_queue_head& q) {
  smp_mb();
  return waitqueue_active(q);
}

/// Wakes the first thread that sleeps and takes it out: wake_up with autoremove_wake_function
/// (kernel/sched/wait.c, 6.1). One that was running already stays where it is.
inline void wake_up(wait_queue_head& q) {
  spin_lock(q.lock);
  const int count = READ_ONCE(q.count);
  for (int i = 0; i < count; ++i) {
    kthread& sleeper = *q.sleepers[i].get();
    if (!wake_up_process(sleeper)) continue;
    remove_from_queue(q, sleeper);
    break;
  }
  spin_unlock(q.lock);
}

}  // namespace kernel
