// nfsd threads that each close a file and flush, as nfsd_file_close_inode_sync() of 6.1 does before
// a rename.
#pragma once

#include <heddle/scenario.hpp>

#include "scenarios/closer.hpp"

/// `flush` is the version of flush_delayed_fput() to check. `has_worker` says whether a kworker
/// runs delayed_fput_work whenever it likes, or nobody does until all flushes are over.
template <auto flush, auto has_worker>
struct flush_suite : rl::test_suite<flush_suite<flush, has_worker>, 2> {
  kernel::file_table files;
  closers nfsd{files, "flushers", kernel::PF_KTHREAD};

  unsigned thread_count() const { return nfsd.size(); }

  void before() {
    if (has_worker()) files.system_wq.start();
  }

  void thread(unsigned i) {
    heddle::api::name_thread("nfsd");
    closer& self = nfsd[i];
    const bool final_put = files.filp_close(self.task, self.f);
    (files.*flush)(self.task);
    heddle::api::check(!final_put || self.inode.closed(),
                       "flush_delayed_fput() returned before the caller's file was released", $);
  }

  void after() {
    files.system_wq.destroy();
    nfsd.check_all_released($);
  }
};
