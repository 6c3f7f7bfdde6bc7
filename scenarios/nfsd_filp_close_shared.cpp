// nfsd_filp_close() of 6.9 while another kernel thread has a reference to the same file.
//
// Thread 0 is the nfsd thread, thread 1 some other kernel thread that has got a reference and drops
// it with fput(). The kworker runs the delayed work, which is where the file ends if thread 1's put
// is the final one.
//
// What may be promised: a file is closed when nfsd_filp_close() returns, *if that call dropped the
// final reference*. Without this condition (qualified=0) the property is violated, and rightly so:
// the other thread may use its file for as long as it likes.
#include <heddle/scenario.hpp>

#include "model/nfsd.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::file_table files;
  kernel::task_struct nfsd{kernel::PF_KTHREAD, "nfsd"};
  kernel::task_struct other{kernel::PF_KTHREAD, "other kthread"};
  kernel::inode inode;
  kernel::file* const f = files.open(inode, "file");

  void before() {
    kernel::get_file(f);
    files.system_wq.start();
  }

  void thread(unsigned i) {
    if (i == 0) {
      close();
    } else {
      files.fput(other, f);
    }
  }

  void close() {
    const bool qualified = heddle::api::parameter("qualified") != 0;
    const bool final_put = kernel::nfsd_filp_close(files, nfsd, f);
    heddle::api::check(inode.closed() || (qualified && !final_put),
                       "nfsd_filp_close() returned before the file was released", $);
  }

  void after() {
    files.system_wq.destroy();
    heddle::api::check(inode.closed(), "the file was never released", $);
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "nfsd_filp_close_shared",
                .summary = "nfsd_filp_close() of a file that another kernel thread also holds",
                .parameters = {{"qualified", 1, 0, 1,
                                "whether only files whose final put was ours count"}},
                .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 6},
                                 {.settings = {{"qualified", 0}},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 5}},
                .body = rl::run<suite>);
