#include "model/stash.hpp"

namespace kernel {

fput_stash::fput_stash(file_table& its_files, const char* label) : files(its_files) {
  name_member(to_free.first, label, "to_free.first");
  name_member(in_flight, label, "in_flight");
  name_member(drain_mutex.owner, label, "drain_mutex");
}

bool fput_stash::close(file* f) {
  if (!files.filp_flush(f)) return false;
  if (!fput_put_ref(f)) return false;
  llist_add(reuse(f->f_iocb_flags, f->f_llist), to_free);
  return true;
}

void fput_stash::drain(task_struct& current) {
  llist_for_each_entry_safe<file>(llist_del_all(to_free),
                                  [&](file* f) { files.__fput(current, f, f->f_llist); });
}

void fput_stash::drain_counted(task_struct& current) {
  atomic_inc(in_flight);
  drain(current);
  atomic_dec_and_test(in_flight);
  wait_for_drains();
}

void fput_stash::drain_locked(task_struct& current) {
  mutex_lock(drain_mutex);
  drain(current);
  mutex_unlock(drain_mutex);
}

void fput_stash::wait_for_drains() {
  smp_cond_load_acquire(in_flight, [](int count) { return count == 0; });
}

}  // namespace kernel
