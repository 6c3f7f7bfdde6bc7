#include "model/file_table.hpp"

#include "model/task_work.hpp"

namespace kernel {

file::file(inode& its_inode, const char* label) : f_inode(&its_inode) {
  f_iocb_flags.begin();
  f_iocb_flags.value.set(0);
  heddle::api::name(*this, label);
  name_member(its_inode, label, "inode");
  name_member(its_inode.released, label, "released");
  name_member(f_iocb_flags.value, label, "f_iocb_flags");
  name_member(f_llist.value.next, label, "f_llist.next");
  name_member(f_rcuhead.value, label, "f_rcuhead");
  name_member(f_rcuhead.value.head.next, label, "f_rcuhead.next");
  name_member(f_rcuhead.value.head.func, label, "f_rcuhead.func");
  name_member(f_rcuhead.value.task, label, "f_rcuhead.task");
  name_member(f_inode, label, "f_inode");
  name_member(f_count, label, "f_count");
  name_member(f_mode, label, "f_mode");
}

file_table::file_table()
    : delayed_fput_work(
          [](void* table) {
            auto* files = static_cast<file_table*>(table);
            files->delayed_fput(files->kworker);
          },
          this, "delayed_fput_work") {
  heddle::api::name(*this, "file_table");
  heddle::api::name(delayed_fput_list.first, "delayed_fput_list.first");
}

file* file_table::open(inode& on, const char* label) {
  on.table = this;
  return new file(on, label);
}

inode* file_table::release(task_struct& current, file* f) {
  if ((f->f_mode.get() & FMODE_OPENED) == 0) return nullptr;
  inode* on = f->f_inode.get();
  if (on->i_fop.release != nullptr) on->i_fop.release(*this, current, *on, f);
  return on;
}

void file_table::file_free(file* f, inode* closed) {
  delete f;
  if (closed != nullptr) closed->released.fetch_add(1, std::memory_order_relaxed);
}

namespace {

/// ____fput (6.1)
void fput_from_task_work(callback_head* work) {
  file* f = file_of_work(work);
  task_struct& current = *f->f_rcuhead.value.task.get();
  f->f_inode.get()->table->__fput(current, f, f->f_rcuhead);
}

}  // namespace

bool file_table::fput(task_struct& current, file* f) {
  if (!atomic_dec_and_test(f->f_count)) return false;
  if ((current.flags.get() & PF_KTHREAD) == 0) {
    release_by(current, f);
  } else {
    release_delayed(reuse(f->f_iocb_flags, f->f_llist));
  }
  return true;
}

void file_table::release_by(task_struct& task, file* f) {
  file_work* work = reuse(f->f_iocb_flags, f->f_rcuhead);
  init_task_work(&work->head, fput_from_task_work);
  work->task.set(&task);
  if (task_work_add(task, &work->head) != 0) release_delayed(reuse(f->f_rcuhead, f->f_llist));
}

void file_table::release_delayed(llist_node* node) {
  if (llist_add(node, delayed_fput_list)) schedule_delayed_work(delayed_fput_work);
}

bool file_table::__fput_sync(task_struct& current, file* f) {
  if (!atomic_dec_and_test(f->f_count)) return false;
  __fput(current, f, f->f_iocb_flags);
  return true;
}

bool file_table::filp_flush(file* f) { return READ_ONCE(f->f_count) != 0; }

bool file_table::filp_close(task_struct& current, file* f) {
  return filp_flush(f) && fput(current, f);
}

void file_table::delayed_fput(task_struct& current) {
  llist_for_each_entry_safe<file>(llist_del_all(delayed_fput_list),
                                  [&](file* f) { __fput(current, f, f->f_llist); });
}

void file_table::flush_delayed_fput(task_struct& current) {
  delayed_fput(current);
  flush_delayed_work(delayed_fput_work);
}

}  // namespace kernel
