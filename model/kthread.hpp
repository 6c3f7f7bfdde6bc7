// A kernel thread that sleeps until it is woken, and how it is told to end.
#pragma once

#include "checker/api/var.hpp"
#include "model/completion.hpp"

namespace kernel {

inline constexpr int TASK_RUNNING = 0x0;
inline constexpr int TASK_INTERRUPTIBLE = 0x1;
inline constexpr int TASK_UNINTERRUPTIBLE = 0x2;
inline constexpr int TASK_PARKED = 0x40;
inline constexpr int TASK_NORMAL = TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE;

/// What of struct task_struct and struct kthread (kernel/kthread.c, 6.1) sleeping and stopping
/// need.
struct kthread {
  explicit kthread(const char* label) : exited(label) {
    heddle::api::name(*this, label);
    name_member(was_woken_for_nothing, label, "was_woken_for_nothing");
    name_member(state, label, "__state");
    name_member(pi_lock.lock, label, "pi_lock");
    name_member(should_stop, label, "should_stop");
  }

  heddle::api::var<bool> was_woken_for_nothing{false};  // see schedule()
  atomic_t state{TASK_RUNNING};
  spinlock_t pi_lock;
  heddle::api::atomic<bool> should_stop{false};
  completion exited;
};

/// Announces a state before the thread looks whether it has reason to sleep, with a full barrier in
/// between: set_current_state (include/linux/sched.h, 6.1).
inline void set_current_state(kthread& current, int state) {
  WRITE_ONCE(current.state, state);
  smp_mb();
}

/// Announces a state that no loop sets again, so that a wake-up under way must not overwrite it:
/// set_special_state (include/linux/sched.h, 6.1).
inline void set_special_state(kthread& current, int state) {
  spin_lock(current.pi_lock);
  WRITE_ONCE(current.state, state);
  spin_unlock(current.pi_lock);
}

/// Sleeps unless the state is TASK_RUNNING (again): schedule, __schedule (kernel/sched/core.c,
/// 6.1). A full barrier either way, as rq->lock is taken with smp_mb__after_spinlock().
///
/// A sleep in one of the states of TASK_NORMAL may end for no reason: somebody may have queued a
/// wake-up long ago (wake_q), or wake all that sleep. This is explored once for each thread, since
/// a loop that sleeps again would do so without end.
void schedule(kthread& current);

/// Makes a thread run that sleeps, or is about to, in one of the states of `mode`, and returns
/// whether it did: wake_up_state, try_to_wake_up (kernel/sched/core.c, 6.1).
///
/// It looks at the state, and then stores TASK_RUNNING. pi_lock keeps other wake-ups out, but not
/// the thread itself, which may have announced another state in between: that is lost.
bool wake_up_state(kthread& k, int mode);

/// The same for the two usual kinds of sleep: wake_up_process (kernel/sched/core.c, 6.1).
inline bool wake_up_process(kthread& k) { return wake_up_state(k, TASK_NORMAL); }

inline bool kthread_should_stop(const kthread& current) { return READ_ONCE(current.should_stop); }

/// The end of a kernel thread: kthread_exit (kernel/kthread.c, 6.1).
inline void kthread_exit(kthread& current) {
  WRITE_ONCE(current.state, TASK_RUNNING);
  complete(current.exited);
}

/// Tells the thread to end and waits until it has: kthread_stop (kernel/kthread.c, 6.1).
inline void kthread_stop(kthread& k) {
  WRITE_ONCE(k.should_stop, true);
  wake_up_process(k);
  wait_for_completion(k.exited);
}

}  // namespace kernel
