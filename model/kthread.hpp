// A kernel thread that sleeps until it is woken, and how it is told to end.
#pragma once

#include "model/completion.hpp"

namespace kernel {

inline constexpr int TASK_RUNNING = 0;
inline constexpr int TASK_INTERRUPTIBLE = 1;

/// What of struct task_struct and struct kthread (kernel/kthread.c, 6.1) sleeping and stopping
/// need.
struct kthread {
  explicit kthread(const char* label) : exited(label) {
    name_member(state, label, "__state");
    name_member(should_stop, label, "should_stop");
  }

  atomic_t state{TASK_RUNNING};
  heddle::api::atomic<bool> should_stop{false};
  completion exited;
};

/// Announces a state before the thread looks whether it has reason to sleep, with a full barrier in
/// between: set_current_state (include/linux/sched.h, 6.1).
inline void set_current_state(kthread& current, int state) {
  WRITE_ONCE(current.state, state);
  smp_mb();
}

/// Sleeps unless the state is TASK_RUNNING (again): schedule (kernel/sched/core.c, 6.1).
inline void schedule(kthread& current) {
  smp_cond_load_acquire(current.state, [](int state) { return state == TASK_RUNNING; });
}

/// Makes a sleeper run; nothing to do if it does: wake_up_process (kernel/sched/core.c, 6.1).
inline void wake_up_process(kthread& k) {
  int sleeping = TASK_INTERRUPTIBLE;
  smp_mb();
  k.state.compare_exchange_strong(sleeping, TASK_RUNNING, std::memory_order_release,
                                  std::memory_order_relaxed);
}

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
