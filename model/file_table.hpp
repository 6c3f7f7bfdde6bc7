// Dropping the last reference to a file: at once, on return to user mode, or by delayed work.
#pragma once

#include "model/file.hpp"
#include "model/workqueue.hpp"

namespace kernel {

/// fs/file_table.c and the closing half of fs/open.c, with what is static in these files as
/// members, so that every execution starts afresh.
///
/// Functions that drop a reference return whether it was the final one. The kernel's return
/// nothing; the property to be checked speaks of final references, so a scenario has to know.
class file_table {
 public:
  file_table();

  /// A new file with one reference: alloc_file (6.1). `label` names it in reports.
  file* open(inode& on, const char* label);

  /// Runs the file's end of life, which may drop references to other files, and frees it: __fput
  /// (6.1). Of what it does only ->release() has state that others share. Freed at once, not after
  /// a grace period: no thread of the model looks files up without a reference, and this finds
  /// more.
  template <typename T>
  void __fput(task_struct& current, file* f, life<T>& used) {
    inode* closed = release(current, f);
    used.end();
    file_free(f, closed);
  }

  /// Drops a reference. The final one is queued: as task work of a user task that is not past
  /// exit_task_work(), else on delayed_fput_list: fput (6.1).
  bool fput(task_struct& current, file* f);

  /// Queues a file without references for release by `task`, or by the delayed work if the task is
  /// past exit_task_work(): the second half of fput (6.1), for any task.
  void release_by(task_struct& task, file* f);

  /// Drops a reference; the final one releases the file before it returns: __fput_sync (6.6, which
  /// dropped the BUG_ON of 6.1 for callers that are no kernel threads).
  bool __fput_sync(task_struct& current, file* f);

  /// What close() does before it drops the reference; false for a file that nobody has a reference
  /// to: filp_flush (6.6). ->flush() and the removal of posix locks have no shared state here.
  bool filp_flush(file* f);

  /// filp_flush() and fput(): filp_close (6.1).
  bool filp_close(task_struct& current, file* f);

  /// Releases everything on delayed_fput_list; the work function: delayed_fput (6.1).
  void delayed_fput(task_struct& current);

  /// delayed_fput() in the caller's context: flush_delayed_fput before 6.14.
  void flush_delayed_fput_before_6_14(task_struct& current) { delayed_fput(current); }

  /// The same, and then waits for the work item, which may have taken the list first:
  /// flush_delayed_fput in 6.14.
  void flush_delayed_fput(task_struct& current);

  llist_head delayed_fput_list;
  task_struct kworker{PF_KTHREAD, "kworker"};  // `current` of delayed_fput_work
  delayed_work delayed_fput_work;
  workqueue system_wq{delayed_fput_work, "system_wq"};

 private:
  /// The part of __fput() for a file that was opened; null for one that was not.
  inode* release(task_struct& current, file* f);

  /// The end of the file's memory, with its union, and the note that all is done.
  static void file_free(file* f, inode* closed);

  void release_delayed(llist_node* node);
};

}  // namespace kernel
