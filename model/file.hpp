// struct file and the inode behind it.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "model/llist.hpp"
#include "model/names.hpp"
#include "model/task.hpp"

namespace kernel {

class file_table;
struct file;
struct inode;

/// What a file's kind does by itself (struct file_operations, include/linux/fs.h, 6.1). `files` and
/// `current` are what the kernel finds by itself. Null where there is nothing to do.
struct file_operations {
  void (*release)(file_table& files, task_struct& current, inode& on, file* f) = nullptr;
};

/// What the file is open on. `i_fop` serves for file::f_op, too, which open() copies from it.
///
/// `released` is not in the kernel: it says for the properties that __fput() of the inode's file is
/// complete. Relaxed, so that the check orders nothing by itself and a release that the checking
/// thread does not know of may look as if it had not happened.
struct inode {
  explicit inode(file_operations fop = {}) : i_fop(fop) {}

  const file_operations i_fop;
  file_table* table = nullptr;  // the globals that the kernel's functions find by themselves
  heddle::api::atomic<unsigned> released{0};

  /// Whether the release is complete as far as the calling thread can know.
  bool closed() const { return released.load(std::memory_order_relaxed) == 1; }
};

inline constexpr unsigned FMODE_OPENED = 0x80000;

/// A member whose life begins and ends when somebody says so.
template <typename T>
union life {
  life() {}
  ~life() {}

  void begin() { new (&value) T; }
  void end() { value.~T(); }

  T value;
};

/// Task work of a file. `task`: for whom it is queued; the kernel asks for `current`.
struct file_work {
  callback_head head;
  heddle::api::var<task_struct*> task;
};

/// An open file (include/linux/fs.h, 6.1).
///
/// `f_iocb_flags`, `f_llist` and `f_rcuhead` share their memory in the kernel. Here only one of
/// them lives at a time, the flags at first, and whoever uses another one uses an object whose life
/// has ended: see reuse().
///
/// Allocated with new and deleted by __fput(), so that any later access is found. All that others
/// read is a modelled member, since plain memory of a block that another thread frees costs steps
/// of its own.
struct file {
  file(inode& its_inode, const char* label);

  life<llist_node> f_llist;  // first, so that reports show a pointer to it as one to the file
  life<heddle::api::var<unsigned>> f_iocb_flags;
  life<file_work> f_rcuhead;
  heddle::api::var<inode*> f_inode;
  atomic_long_t f_count{1};
  heddle::api::var<unsigned> f_mode{FMODE_OPENED};
};

/// Lets a member of the file's union take the place of another one, and returns it.
template <typename From, typename To>
To* reuse(life<From>& from, life<To>& to) {
  from.end();
  to.begin();
  return &to.value;
}

// Of standard layout, so that a member says where its file begins (container_of).
static_assert(std::is_standard_layout_v<file>);

template <>
inline file* llist_entry<file>(llist_node* node) {
  return reinterpret_cast<file*>(reinterpret_cast<std::byte*>(node) - offsetof(file, f_llist));
}

inline file* file_of_work(callback_head* work) {
  return reinterpret_cast<file*>(reinterpret_cast<std::byte*>(work) - offsetof(file, f_rcuhead));
}

/// One more reference, for a caller that has one: get_file (include/linux/fs.h, 6.1).
inline void get_file(file* f) { atomic_inc(f->f_count); }

/// Drops a reference and says whether it was the last, in which case the caller now has to see to
/// __fput(): Jens Axboe's proposal of December 2023, half of fput().
inline bool fput_put_ref(file* f) { return atomic_dec_and_test(f->f_count); }

}  // namespace kernel
