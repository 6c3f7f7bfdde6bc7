#include "model/workqueue.hpp"

#include "checker/api/thread.hpp"

namespace kernel {

namespace {

constexpr unsigned pending_bit = 0;  // WORK_STRUCT_PENDING_BIT
constexpr unsigned waiting = delayed_work::timer_pending | delayed_work::queued;

/// Takes the timer back; false if it has fired or was never started: del_timer_sync. It needs not
/// wait for a timer function that runs, because a timer that fires puts the item on the worklist in
/// the same step.
bool del_timer_sync(delayed_work& dwork) {
  unsigned state = smp_load_acquire(dwork.state);
  while ((state & delayed_work::timer_pending) != 0) {
    if (dwork.state.compare_exchange_strong(state, state & ~delayed_work::timer_pending,
                                            std::memory_order_acq_rel, std::memory_order_acquire)) {
      return true;
    }
  }
  return false;
}

/// Puts the item, whose PENDING bit the caller owns, on the worklist: __queue_work.
void queue_work(delayed_work& dwork) {
  dwork.state.fetch_or(delayed_work::queued, std::memory_order_acq_rel);
}

/// Gives the PENDING bit back, so that the item can be queued again while it runs. The barrier
/// behind keeps the loads of the work function from being done before:
/// set_work_pool_and_clear_pending.
void clear_pending(delayed_work& dwork) {
  smp_wmb();
  WRITE_ONCE(dwork.data, 0);
  smp_mb();
}

/// Dequeues the item as seen in `state` and runs it; false if it is not as seen any more: the
/// timer's expiry (delayed_work_timer_fn) and process_one_work. There is one worker, so the item
/// never runs concurrently with itself.
bool process_one_work(delayed_work& dwork, unsigned state) {
  if (!dwork.state.compare_exchange_strong(state, (state & ~waiting) | delayed_work::executing,
                                           std::memory_order_acq_rel, std::memory_order_relaxed)) {
    return false;
  }
  clear_pending(dwork);
  dwork.func(dwork.context);
  dwork.state.fetch_add(delayed_work::completed - delayed_work::executing,
                        std::memory_order_acq_rel);
  return true;
}

/// worker_thread: a timer that is pending may expire at any time, so the worker may take the item
/// as soon as the timer has been started.
void worker_thread(delayed_work& dwork) {
  for (;;) {
    const unsigned state = smp_cond_load_acquire(dwork.state, [](unsigned value) {
      return (value & (waiting | delayed_work::worker_die)) != 0;
    });
    if ((state & waiting) == 0) return;
    process_one_work(dwork, state);
  }
}

}  // namespace

delayed_work::delayed_work(work_func_t function, void* its_context, const char* label)
    : func(function), context(its_context) {
  name_member(data, label, "data");
  name_member(state, label, "state");
}

bool schedule_delayed_work(delayed_work& dwork) {
  if (test_and_set_bit(pending_bit, dwork.data)) return false;
  dwork.state.fetch_or(delayed_work::timer_pending, std::memory_order_acq_rel);  // add_timer
  return true;
}

bool flush_work(delayed_work& dwork) {
  const unsigned state = smp_load_acquire(dwork.state);
  unsigned awaited = state / delayed_work::completed;
  if ((state & delayed_work::executing) != 0) ++awaited;
  if ((state & delayed_work::queued) != 0) ++awaited;
  if (awaited == state / delayed_work::completed) return false;
  smp_cond_load_acquire(dwork.state, [awaited](unsigned value) {
    return value / delayed_work::completed >= awaited;
  });
  return true;
}

bool flush_delayed_work(delayed_work& dwork) {
  // The kernel takes the timer's lock and pool->lock here. Looking without a lock could be answered
  // with a state from before accesses that the caller has already made.
  smp_mb();
  if (del_timer_sync(dwork)) queue_work(dwork);
  return flush_work(dwork);
}

void workqueue::start() {
  worker_.set(heddle::api::spawn([item = &item_] {
    heddle::api::name_thread("kworker");
    worker_thread(*item);
  }));
}

void workqueue::destroy() {
  const std::uint32_t worker = worker_.get();
  if (worker == 0) {
    const unsigned state = smp_load_acquire(item_.state);
    if ((state & waiting) != 0) process_one_work(item_, state);
    return;
  }
  smp_cond_load_acquire(item_.state, [](unsigned value) {
    return (value & (waiting | delayed_work::executing)) == 0;
  });
  item_.state.fetch_or(delayed_work::worker_die, std::memory_order_acq_rel);
  heddle::api::join(worker);
}

}  // namespace kernel
