// Delayed work: a work item, its timer, and the worker thread that runs it.
//
// What pool->lock protects in the kernel (kernel/workqueue.c, 6.1) is one atomic word here, and
// each critical section of that lock is one read-modify-write on it, or one load if it only looks.
// The timer is a bit of the same word, so that the worker waits on a single load.
#pragma once

#include <cstdint>

#include "checker/api/var.hpp"
#include "model/atomics.hpp"
#include "model/names.hpp"

namespace kernel {

/// struct delayed_work with its work_struct (include/linux/workqueue.h, 6.1).
struct delayed_work {
  using work_func_t = void (*)(void* context);

  /// `context` stands in for the globals that the function uses in the kernel.
  delayed_work(work_func_t function, void* its_context, const char* label);

  // Bits of `state`.
  static constexpr unsigned timer_pending = 1;  // timer_pending(&dwork->timer)
  static constexpr unsigned queued = 2;         // on pool->worklist; WORK_STRUCT_PWQ in the kernel
  static constexpr unsigned executing = 4;      // found by find_worker_executing_work()
  static constexpr unsigned worker_die = 8;     // WORKER_DIE of the worker
  static constexpr unsigned completed = 16;     // the bits from here up count runs that have ended

  const work_func_t func;
  void* const context;
  heddle::api::atomic<unsigned> data{0};  // bit 0 is WORK_STRUCT_PENDING
  heddle::api::atomic<unsigned> state{0};
};

/// Starts the timer unless the item is pending already; returns whether it did. An item that is
/// pending is not armed again, whatever has been asked for since: queue_delayed_work_on and
/// __queue_delayed_work.
bool schedule_delayed_work(delayed_work& dwork);

/// Waits for the instance that was queued last, or else for the one that runs. False if there is
/// neither; a pending timer does not count: flush_work.
bool flush_work(delayed_work& dwork);

/// Queues the item at once if its timer is pending, then flush_work(): flush_delayed_work.
bool flush_delayed_work(delayed_work& dwork);

/// The workqueue that serves one item. Items that had a worker in common would only wait for each
/// other; a worker for each allows every order.
class workqueue {
 public:
  explicit workqueue(delayed_work& item, const char* label = "workqueue") : item_(item) {
    name_member(worker_, label, "worker");
  }

  /// Starts the worker thread: create_worker.
  void start();

  /// Runs or lets run what is pending, then ends the worker. The caller makes sure that nobody
  /// queues any more: drain_workqueue, destroy_workqueue.
  void destroy();

 private:
  delayed_work& item_;
  // The worker's number, 0 if there is none. A plain member would be written after the worker has
  // been started, so that all plain memory around it counted as shared with the worker.
  heddle::api::var<std::uint32_t> worker_{0};
};

}  // namespace kernel
