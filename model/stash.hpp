// The stash list: the closer keeps the files that it has to release on a list of its own.
#pragma once

#include "model/file_table.hpp"
#include "model/locks.hpp"

namespace kernel {

/// Jens Axboe's proposal of December 2023 for nfsd (`l->to_free_llist`). NeilBrown's variant,
/// fput_queued() and flush_fput_queue() with a private queue, is the same with the list's owner
/// passed in.
///
/// With one owner, drain() is all that is needed. When several threads put files on one stash and
/// drain it, a drain() that finds the list empty must still wait for the thread that took it: the
/// other two do, in two ways.
class fput_stash {
 public:
  explicit fput_stash(file_table& files, const char* label);

  /// Closes `f` as filp_close() does, but stashes it if that was the final reference, and returns
  /// whether it was.
  bool close(file* f);

  /// Takes the list and releases it.
  void drain(task_struct& current);

  /// Announces itself, drains, and returns when no drain is under way. The count goes up before the
  /// list is taken, so whoever finds the list empty sees the count of whoever took it.
  void drain_counted(task_struct& current);

  /// Drains under a lock, so that a drain waits for the one before it.
  void drain_locked(task_struct& current);

  /// Waits until no counted drain is under way.
  void wait_for_drains();

  file_table& files;
  llist_head to_free;
  atomic_t in_flight{0};
  mutex drain_mutex;
};

}  // namespace kernel
