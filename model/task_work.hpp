// Work that a task does for itself on its way back to user mode, or at its exit.
#pragma once

#include <cerrno>

#include "model/task.hpp"

namespace kernel {

/// Marks a task's list as closed for good. The kernel uses the address of a static object; here no
/// object may be global, and nobody looks behind the mark.
inline callback_head* work_exited() { return reinterpret_cast<callback_head*>(sizeof(void*)); }

/// Prepares `work` for task_work_add(): init_task_work (include/linux/task_work.h, 6.1). `label`
/// names it in reports.
void init_task_work(callback_head* work, task_work_func_t func, const char* label = nullptr);

/// Lets `task` run `work`; -ESRCH if it has passed exit_task_work(). LIFO, lock-less, from any
/// thread: task_work_add (kernel/task_work.c, 6.1). The notification is left out: tasks of the
/// model get to task_work_run() anyway.
int task_work_add(task_struct& task, callback_head* work);

/// Takes `work` back, unless it has been detached to run: task_work_cancel
/// (kernel/task_work.c, 6.1).
bool task_work_cancel(task_struct& task, callback_head* work);

/// Runs all work of the calling task, again until there is none; an exiting task then closes its
/// list: task_work_run (kernel/task_work.c, 6.1).
void task_work_run(task_struct& current);

/// The part of do_exit() (kernel/exit.c, 6.1) that matters here: PF_EXITING is set in
/// exit_signals(), then exit_task_work() runs what is queued and refuses more.
void exit_task_work(task_struct& current);

}  // namespace kernel
