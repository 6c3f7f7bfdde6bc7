#include "model/workqueue.hpp"

#include "checker/api/thread.hpp"

namespace kernel {

namespace {

constexpr unsigned pending_bit = 0;  // WORK_STRUCT_PENDING_BIT

/// Puts the item, whose PENDING bit the caller owns, on the worklist: __queue_work.
void __queue_work(work_struct& work) {
  WRITE_ONCE(work.has_pool, true);
  work.pool.fetch_or(work_struct::queued, std::memory_order_acq_rel);
}

/// Gives the PENDING bit back, so that the item can be queued again while it runs. The barrier
/// behind keeps the loads of the work function from being done before:
/// set_work_pool_and_clear_pending.
void clear_pending(work_struct& work) {
  smp_wmb();
  WRITE_ONCE(work.data, 0);
  smp_mb();
}

/// Dequeues the item, which is on the worklist, and runs it: process_one_work. There is one worker,
/// so the item never runs concurrently with itself.
void process_one_work(work_struct& work) {
  work.pool.fetch_add(work_struct::executing - work_struct::queued, std::memory_order_acq_rel);
  clear_pending(work);
  work.func(work.context);
  work.pool.fetch_add(work_struct::completed - work_struct::executing, std::memory_order_acq_rel);
}

void worker_thread(work_struct& work) {
  for (;;) {
    const unsigned pool = smp_cond_load_acquire(work.pool, [](unsigned value) {
      return (value & (work_struct::queued | work_struct::worker_die)) != 0;
    });
    if ((pool & work_struct::queued) == 0) return;
    process_one_work(work);
  }
}

void add_timer(delayed_work& dwork) {
  dwork.timer.fetch_or(delayed_work::pending, std::memory_order_acq_rel);
}

/// Takes the timer back; false if it has fired or was never started. Waits for a timer function
/// that runs: del_timer_sync. The kernel waits first. Here a timer that has been started anew
/// meanwhile is taken ahead of the wait, which the PENDING bit keeps for the caller as well.
bool del_timer_sync(delayed_work& dwork) {
  const unsigned timer = dwork.timer.fetch_and(~delayed_work::pending, std::memory_order_acq_rel);
  if ((timer & delayed_work::running) != 0) {
    smp_cond_load_acquire(dwork.timer,
                          [](unsigned value) { return (value & delayed_work::running) == 0; });
  }
  return (timer & delayed_work::pending) != 0;
}

/// The timer fires: expire_timers, delayed_work_timer_fn.
void run_timer(delayed_work& dwork) {
  __queue_work(dwork);
  dwork.timer.fetch_and(~delayed_work::running, std::memory_order_acq_rel);
}

/// The interrupts of the item's timer: it may expire as soon as it is pending.
void run_timers(delayed_work& dwork) {
  for (;;) {
    unsigned timer = 0;
    heddle::api::await([&] {
      timer = delayed_work::pending;
      return dwork.timer.compare_exchange_strong(timer, delayed_work::running,
                                                 std::memory_order_acq_rel,
                                                 std::memory_order_relaxed) ||
             (timer & delayed_work::stopped) != 0;
    });
    if ((timer & delayed_work::stopped) != 0) return;
    run_timer(dwork);
  }
}

}  // namespace

work_struct::work_struct(work_func_t function, void* its_context, const char* label)
    : func(function), context(its_context) {
  heddle::api::name(*this, label);
  name_member(data, label, "data");
  name_member(pool, label, "pool");
  name_member(has_pool, label, "has_pool");
}

delayed_work::delayed_work(work_func_t function, void* its_context, const char* label)
    : work_struct(function, its_context, label) {
  name_member(timer, label, "timer");
}

bool queue_work(work_struct& work) {
  if (test_and_set_bit(pending_bit, work.data)) return false;
  __queue_work(work);
  return true;
}

bool schedule_delayed_work(delayed_work& dwork, unsigned long delay) {
  if (delay == 0) return queue_work(dwork);
  if (test_and_set_bit(pending_bit, dwork.data)) return false;
  add_timer(dwork);
  return true;
}

bool flush_work(work_struct& work) {
  if (!READ_ONCE(work.has_pool)) return false;
  const unsigned pool = work.pool.fetch_add(0, std::memory_order_acq_rel);
  unsigned awaited = pool / work_struct::completed;
  if ((pool & work_struct::executing) != 0) ++awaited;
  if ((pool & work_struct::queued) != 0) ++awaited;
  if (awaited == pool / work_struct::completed) return false;
  smp_cond_load_acquire(
      work.pool, [awaited](unsigned value) { return value / work_struct::completed >= awaited; });
  return true;
}

bool flush_delayed_work(delayed_work& dwork) {
  if (del_timer_sync(dwork)) __queue_work(dwork);
  return flush_work(dwork);
}

workqueue::workqueue(work_struct& item, const char* label) : item_(item), delayed_(nullptr) {
  name_member(worker_, label, "worker");
  name_member(timers_, label, "timers");
}

workqueue::workqueue(delayed_work& item, const char* label) : item_(item), delayed_(&item) {
  name_member(worker_, label, "worker");
  name_member(timers_, label, "timers");
}

void workqueue::start() {
  worker_.set(heddle::api::spawn([item = &item_] {
    heddle::api::name_thread("kworker");
    worker_thread(*item);
  }));
  if (delayed_ == nullptr) return;
  timers_.set(heddle::api::spawn([item = delayed_] {
    heddle::api::name_thread("timer");
    run_timers(*item);
  }));
}

void workqueue::destroy() {
  // Each thread is told to end only when it has nothing to do: that keeps the order of the two out
  // of what there is to explore.
  const std::uint32_t timers = timers_.get();
  if (timers != 0) {
    smp_cond_load_acquire(delayed_->timer, [](unsigned value) { return value == 0; });
    delayed_->timer.fetch_or(delayed_work::stopped, std::memory_order_acq_rel);
    heddle::api::join(timers);
  }
  const std::uint32_t worker = worker_.get();
  if (worker != 0) {
    smp_cond_load_acquire(item_.pool, [](unsigned value) {
      return (value & (work_struct::queued | work_struct::executing)) == 0;
    });
    item_.pool.fetch_or(work_struct::worker_die, std::memory_order_acq_rel);
    heddle::api::join(worker);
  }
  run_rest();
}

/// What the threads have left, or all if there never were any.
void workqueue::run_rest() {
  for (;;) {
    if (delayed_ != nullptr && del_timer_sync(*delayed_)) __queue_work(item_);
    if ((READ_ONCE(item_.pool) & work_struct::queued) == 0) return;
    process_one_work(item_);
  }
}

}  // namespace kernel
