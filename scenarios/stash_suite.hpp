// Threads that share one stash list: each stashes a file and drains the stash.
#pragma once

#include <heddle/scenario.hpp>

#include "model/stash.hpp"
#include "scenarios/closer.hpp"

/// `drain(stash, task)` is the way to drain that is to be checked.
///
/// Each thread is an nfsd thread. A file that is missing from the stash when its closer drains has
/// been taken by another drainer; the question is whether the closer then waits for that one.
template <auto drain>
struct stash_suite : rl::test_suite<stash_suite<drain>, 2> {
  kernel::file_table files;
  kernel::fput_stash stash{files, "stash"};
  closers nfsd{files, "flushers", kernel::PF_KTHREAD};

  unsigned thread_count() const { return nfsd.size(); }

  void thread(unsigned i) {
    heddle::api::name_thread("nfsd");
    closer& self = nfsd[i];
    const bool final_put = stash.close(self.f);
    drain(stash, self.task);
    heddle::api::check(!final_put || self.inode.closed(),
                       "the drain returned before the caller's file was released", $);
  }

  void after() { nfsd.check_all_released($); }
};
