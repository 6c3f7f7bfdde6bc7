// nfsd_filp_close() of 6.9: a sole owner's file is closed when it returns.
//
// Each thread is an nfsd thread with the only reference to a file. The reference that
// nfsd_filp_close() takes keeps filp_close() from dropping the final one, so __fput_sync() drops it
// and releases the file in place: the global list is never used, and threads can't get in each
// other's way.
#include <heddle/scenario.hpp>

#include "model/nfsd.hpp"
#include "scenarios/closer.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::file_table files;
  closers nfsd{files, "closers", kernel::PF_KTHREAD};

  unsigned thread_count() const { return nfsd.size(); }

  void before() { files.system_wq.start(); }

  void thread(unsigned i) {
    heddle::api::name_thread("nfsd");
    closer& self = nfsd[i];
    const bool final_put = kernel::nfsd_filp_close(files, self.task, self.f);
    heddle::api::check(final_put,
                       "another thread dropped the final reference to a sole owner's file", $);
    heddle::api::check(self.inode.closed(),
                       "nfsd_filp_close() returned before the caller's file was released", $);
  }

  void after() {
    files.system_wq.destroy();
    nfsd.check_all_released($);
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "nfsd_filp_close",
                .summary = "nfsd_filp_close(): a sole owner's file is released when it returns",
                .parameters = {{"closers", 2, 1, 8, "nfsd threads that close a file"}},
                .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 1},
                                 {.settings = {{"closers", 1}},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1}},
                .body = rl::run<suite>);
