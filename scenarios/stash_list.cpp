// The stash list with one owner: each closer releases what it has stashed itself.
//
// Each thread is an nfsd thread with a stash of its own, as in Jens Axboe's proposal of December
// 2023 and in NeilBrown's variant with a queue that the caller passes. Nobody else can take a file
// away from it.
#include <heddle/scenario.hpp>

#include "model/stash.hpp"
#include "scenarios/closer.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::file_table files;
  closers nfsd{files, "flushers", kernel::PF_KTHREAD};

  unsigned thread_count() const { return nfsd.size(); }

  void thread(unsigned i) {
    heddle::api::name_thread("nfsd");
    closer& self = nfsd[i];
    kernel::fput_stash stash(files, "stash");
    const bool final_put = stash.close(self.f);
    stash.drain(self.task);
    heddle::api::check(!final_put || self.inode.closed(),
                       "the drain returned before the caller's file was released", $);
  }

  void after() { nfsd.check_all_released($); }
};

}  // namespace

HEDDLE_SCENARIO(.name = "stash_list",
                .summary = "stash list of one owner: files are released when the drain returns",
                .parameters = {{"flushers", 2, 1, 8, "threads that close a file and drain"}},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1}},
                .body = rl::run<suite>);
