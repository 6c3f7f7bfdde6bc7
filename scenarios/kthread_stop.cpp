// How a kernel thread sleeps without missing the call to stop.
//
// Thread 0 is a kernel thread without work: it sleeps until kthread_stop(), called by thread 1. It
// announces that it is about to sleep, then looks whether it has been told to stop, then sleeps.
// The waker does the opposite, first the flag and then the wake-up, each with a full barrier
// between its two steps: one of them sees the other.
//
// The bug with check_first=1: look first, announce then. The call to stop comes in between, the
// wake-up finds a thread that is still running, and the thread sleeps for ever.
#include <heddle/scenario.hpp>

#include "model/kthread.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::kthread sleeper{"kthread"};

  void thread(unsigned i) {
    if (i == 1) {
      kernel::kthread_stop(sleeper);
      return;
    }
    while (!told_to_stop()) kernel::schedule(sleeper);
    kernel::kthread_exit(sleeper);
  }

  bool told_to_stop() {
    if (heddle::api::parameter("check_first") == 0) {
      kernel::set_current_state(sleeper, kernel::TASK_INTERRUPTIBLE);
      return kernel::kthread_should_stop(sleeper);
    }
    const bool stop = kernel::kthread_should_stop(sleeper);
    kernel::set_current_state(sleeper, kernel::TASK_INTERRUPTIBLE);
    return stop;
  }
};

}  // namespace

HEDDLE_SCENARIO(
        .name = "kthread_stop",
        .summary = "a kernel thread that goes to sleep does not miss kthread_stop()",
        .parameters = {{"check_first", 0, 0, 1, "look before announcing the sleep: the bug"}},
        .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 16},
                         {.settings = {{"check_first", 1}},
                          .models = {"sc"},
                          .verdict = heddle::Verdict::violated,
                          .complete = 17},
                         {.settings = {{"check_first", 1}},
                          .models = {"tso", "ra"},
                          .verdict = heddle::Verdict::violated,
                          .complete = 19},
                         {.settings = {{"check_first", 1}},
                          .models = {"rc11", "cpp20"},
                          .verdict = heddle::Verdict::violated,
                          .complete = 20}},
        .body = rl::run<suite>);
