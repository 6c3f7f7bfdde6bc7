#include "model/file_table.hpp"

#include "model/task_work.hpp"

namespace kernel {

file_table::file_table()
    : delayed_fput_work([](void* table) { static_cast<file_table*>(table)->delayed_fput(); }, this,
                        "delayed_fput_work") {
  heddle::api::name(delayed_fput_list.first, "delayed_fput_list.first");
}

file* file_table::open(inode& on, const char* label) {
  on.table = this;
  return new file(on, label);
}

void file_table::__fput(file* f) {
  // A file that was never opened has nothing to release. For others ->release() would run here.
  const bool opened = (f->f_mode.get() & FMODE_OPENED) != 0;
  inode& its_inode = *f->f_inode.get();
  delete f;  // file_free
  if (opened) its_inode.released.fetch_add(1, std::memory_order_relaxed);
}

namespace {

/// ____fput (6.1)
void fput_from_task_work(callback_head* work) {
  auto* f = static_cast<file*>(work);
  f->f_inode.get()->table->__fput(f);
}

}  // namespace

bool file_table::fput(task_struct& current, file* f) {
  if (!atomic_dec_and_test(f->f_count)) return false;
  if ((current.flags.get() & PF_KTHREAD) == 0) {
    release_by(current, f);
  } else {
    release_delayed(f);
  }
  return true;
}

void file_table::release_by(task_struct& task, file* f) {
  init_task_work(f, fput_from_task_work);
  if (task_work_add(task, f) != 0) release_delayed(f);
}

void file_table::release_delayed(file* f) {
  if (llist_add(f, delayed_fput_list)) schedule_delayed_work(delayed_fput_work);
}

bool file_table::__fput_sync(file* f) {
  if (!atomic_dec_and_test(f->f_count)) return false;
  __fput(f);
  return true;
}

bool file_table::filp_flush(file* f) { return READ_ONCE(f->f_count) != 0; }

bool file_table::filp_close(task_struct& current, file* f) {
  return filp_flush(f) && fput(current, f);
}

void file_table::delayed_fput() {
  llist_for_each_entry_safe<file>(llist_del_all(delayed_fput_list), [this](file* f) { __fput(f); });
}

void file_table::flush_delayed_fput() {
  delayed_fput();
  flush_delayed_work(delayed_fput_work);
}

}  // namespace kernel
