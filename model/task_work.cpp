#include "model/task_work.hpp"

namespace kernel {

void init_task_work(callback_head* work, task_work_func_t func, const char* label) {
  if (label != nullptr) {
    heddle::api::name(*work, label);
    name_member(work->next, label, "next");
    name_member(work->func, label, "func");
  }
  work->func.set(func);
}

int task_work_add(task_struct& task, callback_head* work) {
  callback_head* head = READ_ONCE(task.task_works);
  do {
    if (head == work_exited()) return -ESRCH;
    WRITE_ONCE(work->next, head);
  } while (!try_cmpxchg(task.task_works, head, work));
  return 0;
}

// In the kernel the walk is ordered by its address dependencies: who sees an entry sees what was
// written to its `next` before the entry was added. C++ has no such order, so the links are loaded
// with acquire here, and a fence stands behind a failed cmpxchg, which loads one as well.
bool task_work_cancel(task_struct& task, callback_head* work) {
  if (READ_ONCE(task.task_works) == nullptr) return false;
  heddle::api::atomic<callback_head*>* link = &task.task_works;
  spin_lock(task.pi_lock);
  callback_head* found = smp_load_acquire(*link);
  // The mark at the end of an exited task's list is a node without a successor in the kernel.
  while (found != nullptr && found != work_exited()) {
    if (found != work) {
      link = &found->next;
      found = smp_load_acquire(*link);
    } else if (try_cmpxchg(*link, found, READ_ONCE(work->next))) {
      break;
    } else {
      heddle::api::fence(std::memory_order_acquire);
    }
  }
  spin_unlock(task.pi_lock);
  return found == work;
}

namespace {

/// Detaches the list and returns it; null if it was empty, in which case an exiting task has left
/// its mark.
callback_head* detach_works(task_struct& current) {
  callback_head* work = READ_ONCE(current.task_works);
  callback_head* replacement = nullptr;
  do {
    replacement = nullptr;
    if (work == nullptr) {
      if ((current.flags.get() & PF_EXITING) == 0) return nullptr;
      replacement = work_exited();
    }
  } while (!try_cmpxchg(current.task_works, work, replacement));
  return work;
}

}  // namespace

void task_work_run(task_struct& current) {
  while (callback_head* work = detach_works(current)) {
    // Waits for a task_work_cancel() that is still walking the list that has just been detached.
    spin_lock(current.pi_lock);
    spin_unlock(current.pi_lock);
    do {
      callback_head* next = READ_ONCE(work->next);
      work->func.get()(work);
      work = next;
    } while (work != nullptr);
  }
}

void exit_task_work(task_struct& current) {
  current.flags.set(current.flags.get() | PF_EXITING);
  task_work_run(current);
}

}  // namespace kernel
