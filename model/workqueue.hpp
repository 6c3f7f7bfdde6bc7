// Work items and their timers, the worker thread that runs them, and waiting for a run to end.
//
// Two locks of the kernel protect this (kernel/workqueue.c, kernel/time/timer.c, 6.1), and what
// each protects is one atomic word: pool->lock `work_struct::pool`, base->lock
// `delayed_work::timer`. A critical section is one read-modify-write of that word, also one that
// only looks, as a load could be answered with a state from before the caller's own accesses.
#pragma once

#include <cstdint>

#include "checker/api/var.hpp"
#include "model/atomics.hpp"
#include "model/names.hpp"

namespace kernel {

/// struct work_struct (include/linux/workqueue.h, 6.1).
struct work_struct {
  using work_func_t = void (*)(void* context);

  /// `context` stands in for the globals that the function uses in the kernel.
  work_struct(work_func_t function, void* its_context, const char* label);

  // Bits of `pool`.
  static constexpr unsigned queued = 1;      // on pool->worklist; WORK_STRUCT_PWQ in the kernel
  static constexpr unsigned executing = 2;   // found by find_worker_executing_work()
  static constexpr unsigned worker_die = 4;  // WORKER_DIE of the worker
  static constexpr unsigned completed = 8;   // the bits from here up count runs that have ended

  const work_func_t func;
  void* const context;
  heddle::api::atomic<unsigned> data{0};  // bit 0 is WORK_STRUCT_PENDING
  heddle::api::atomic<unsigned> pool{0};
  // Whether get_work_pool() finds one, which it does once the item has been queued. Part of `data`
  // in the kernel, and written under the lock, but read without.
  heddle::api::atomic<bool> has_pool{false};
};

/// struct delayed_work: a work item with a timer that queues it.
struct delayed_work : work_struct {
  delayed_work(work_func_t function, void* its_context, const char* label);

  // Bits of `timer`.
  static constexpr unsigned pending = 1;  // timer_pending()
  static constexpr unsigned running = 2;  // base->running_timer is this one
  static constexpr unsigned stopped = 4;  // the timers' thread is to end; not in the kernel

  heddle::api::atomic<unsigned> timer{0};
};

/// Queues the item unless it is pending already; returns whether it did: queue_work_on.
bool queue_work(work_struct& work);

/// Starts the timer unless the item is pending already; returns whether it did. An item that is
/// pending is not armed again, whatever has been asked for since. With `delay` 0 (in jiffies) there
/// is no timer, the item is queued at once; any other delay may be over at any time:
/// queue_delayed_work_on and __queue_delayed_work.
bool schedule_delayed_work(delayed_work& dwork, unsigned long delay = 1);

/// Waits for the instance that was queued last, or else for the one that runs. False if there is
/// neither; a pending timer does not count: flush_work, start_flush_work.
bool flush_work(work_struct& work);

/// Queues the item at once if its timer is pending, then flush_work(): flush_delayed_work.
bool flush_delayed_work(delayed_work& dwork);

/// The workqueue that serves one item. Items that had a worker in common would only wait for each
/// other; a worker for each allows every order.
class workqueue {
 public:
  explicit workqueue(work_struct& item, const char* label = "workqueue");
  explicit workqueue(delayed_work& item, const char* label = "workqueue");

  /// Starts the worker thread (create_worker) and, for an item that may be delayed, the thread that
  /// stands for the interrupts of its timer.
  void start();

  /// Runs or lets run what is pending, then ends the threads. The caller makes sure that nobody
  /// queues any more, but for the work function itself: drain_workqueue, destroy_workqueue.
  void destroy();

 private:
  void run_rest();

  work_struct& item_;
  delayed_work* const delayed_;
  // The threads' numbers, 0 if there is none. Plain members would be written after the threads have
  // been started, so that all plain memory around them counted as shared with these.
  heddle::api::var<std::uint32_t> worker_{0};
  heddle::api::var<std::uint32_t> timers_{0};
};

}  // namespace kernel
