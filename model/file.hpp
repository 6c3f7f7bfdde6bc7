// struct file and the inode behind it.
#pragma once

#include "model/llist.hpp"
#include "model/names.hpp"
#include "model/task.hpp"

namespace kernel {

class file_table;

/// What the file is open on. `released` is not in the kernel: it says for the properties that
/// __fput() of the inode's file is complete. Relaxed, so that the check orders nothing by itself
/// and a release that the checking thread does not know of may look as if it had not happened.
struct inode {
  file_table* table = nullptr;  // the globals that the kernel's functions find by themselves
  heddle::api::atomic<unsigned> released{0};

  /// Whether the release is complete as far as the calling thread can know.
  bool closed() const { return released.load(std::memory_order_relaxed) == 1; }
};

inline constexpr unsigned FMODE_OPENED = 0x80000;

/// An open file (include/linux/fs.h, 6.1). In the kernel the list node and the task work share
/// their memory; here they are two, as a file is never meant to be on both lists.
///
/// Allocated with new and deleted by __fput(), so that any later access is found.
/// All that changes or is read by others is a modelled member, since plain memory of a block that
/// another thread frees costs steps of its own.
struct file : llist_node, callback_head {
  file(inode& its_inode, const char* label) : f_inode(&its_inode) {
    heddle::api::name(*this, label);
    name_member(its_inode, label, "inode");
    name_member(f_count, label, "f_count");
    name_member(f_mode, label, "f_mode");
    name_member(f_inode, label, "f_inode");
    name_member(llist_node::next, label, "f_llist.next");
    name_member(callback_head::next, label, "f_task_work.next");
    name_member(func, label, "f_task_work.func");
    name_member(its_inode.released, label, "released");
  }

  heddle::api::var<inode*> f_inode;
  atomic_long_t f_count{1};
  heddle::api::var<unsigned> f_mode{FMODE_OPENED};
};

/// One more reference, for a caller that has one: get_file (include/linux/fs.h, 6.1).
inline void get_file(file* f) { atomic_inc(f->f_count); }

/// Drops a reference and says whether it was the last, in which case the caller now has to see to
/// __fput(): Jens Axboe's proposal of December 2023, half of fput().
inline bool fput_put_ref(file* f) { return atomic_dec_and_test(f->f_count); }

}  // namespace kernel
