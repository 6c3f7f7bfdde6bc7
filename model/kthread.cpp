#include "model/kthread.hpp"

namespace kernel {

namespace {

/// Whether the sleep that begins now ends for no reason.
bool wakes_for_nothing(kthread& current) {
  if (current.was_woken_for_nothing.get()) return false;
  const Site site = Site::current();
  heddle::api::engine(site).note_bound("at most one wake-up of each kernel thread for no reason");
  if (heddle::api::choose(2, site) == 0) return false;
  current.was_woken_for_nothing.set(true);
  return true;
}

}  // namespace

void schedule(kthread& current) {
  smp_mb();
  const int state = READ_ONCE(current.state);
  if (state == TASK_RUNNING) return;
  if ((state & TASK_NORMAL) != 0 && wakes_for_nothing(current)) {
    WRITE_ONCE(current.state, TASK_RUNNING);
    return;
  }
  smp_cond_load_acquire(current.state, [](int now) { return now == TASK_RUNNING; });
}

bool wake_up_state(kthread& k, int mode) {
  spin_lock(k.pi_lock);
  smp_mb();  // smp_mb__after_spinlock()
  const bool sleeps = (READ_ONCE(k.state) & mode) != 0;
  if (sleeps) WRITE_ONCE(k.state, TASK_RUNNING);
  spin_unlock(k.pi_lock);
  return sleeps;
}

}  // namespace kernel
