// Mutant: delayed_fput() with a walk that reads `next` after the file has been released.
//
// Each thread is an nfsd thread that closes a file and flushes. __fput() frees the file, and the
// list node is part of it: llist_for_each_entry() instead of llist_for_each_entry_safe() then reads
// freed memory. One thread is enough, as the list ends with a file, too.
#include <heddle/scenario.hpp>

#include "scenarios/closer.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::file_table files;
  closers nfsd{files, "flushers", kernel::PF_KTHREAD};

  unsigned thread_count() const { return nfsd.size(); }

  void thread(unsigned i) {
    heddle::api::name_thread("nfsd");
    files.filp_close(nfsd[i].task, nfsd[i].f);
    kernel::llist_for_each_entry<kernel::file>(
        kernel::llist_del_all(files.delayed_fput_list),
        [&](kernel::file* f) { files.__fput(nfsd[i].task, f, f->f_llist); });
  }

  void after() { files.system_wq.destroy(); }
};

}  // namespace

HEDDLE_SCENARIO(.name = "llist_unsafe_walk",
                .summary = "mutant: the walk over released files reads a file after its end",
                .parameters = {{"flushers", 2, 1, 8, "nfsd threads that close a file and flush"}},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 0},
                                 {.settings = {{"flushers", 1}},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 0}},
                .body = rl::run<suite>);
