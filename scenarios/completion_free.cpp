// Freeing a completion as soon as it is done.
//
// Thread 0 waits for thread 1's complete() and then frees the completion, as one that lives on the
// waiter's stack ends when its function returns. complete() is not through with it when `done` has
// gone up: it still has to give the lock back.
//
// The bug with peek=1: the waiter looks at `done` alone. wait_for_completion() and
// completion_done() take the lock after that, and so wait for complete() to be through.
#include <heddle/scenario.hpp>

#include "model/completion.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::completion* const x = new kernel::completion("completion");

  void thread(unsigned i) {
    if (i == 1) {
      kernel::complete(*x);
      return;
    }
    if (heddle::api::parameter("peek") != 0) {
      kernel::smp_cond_load_acquire(x->done, [](int done) { return done != 0; });
    } else {
      kernel::wait_for_completion(*x);
    }
    delete x;
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "completion_free",
                .summary = "whoever has waited for a completion may free it",
                .parameters = {{"peek", 0, 0, 1, "look at `done` without the lock: the bug"}},
                .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 1},
                                 {.settings = {{"peek", 1}},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 0}},
                .body = rl::run<suite>);
