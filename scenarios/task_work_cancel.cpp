// task_work_cancel() against task_work_run(): work is run or taken back, never both, never neither.
//
// Thread 0 is a user task that returns to user mode once and then exits. Thread 1 queues two pieces
// of work for it and takes the first back, which stands behind the second in the list. Each may be
// refused because the task has exited, detached to run and so out of reach of the cancel, or
// cancelled.
#include <heddle/scenario.hpp>

#include "model/task_work.hpp"

namespace {

struct counted_work : kernel::callback_head {
  rl::atomic<unsigned> runs{0};
};

void count_run(kernel::callback_head* work) {
  static_cast<counted_work*>(work)->runs.fetch_add(1, rl::mo_relaxed);
}

struct suite : rl::test_suite<suite, 2> {
  kernel::task_struct task{0, "task"};
  counted_work first;
  counted_work second;
  rl::var<bool> taken_back{false};

  void before() {
    kernel::init_task_work(&first, count_run, "first");
    kernel::init_task_work(&second, count_run, "second");
    heddle::api::name(first.runs, "first.runs");
    heddle::api::name(second.runs, "second.runs");
    heddle::api::name(taken_back, "taken_back");
  }

  void thread(unsigned i) {
    if (i == 0) {
      kernel::task_work_run(task);
      kernel::exit_task_work(task);
    } else {
      VAR(taken_back) = queue(first);
      if (queue(second)) second.runs.fetch_add(1, rl::mo_relaxed);
      if (kernel::task_work_cancel(task, &first)) VAR(taken_back) = true;
    }
  }

  /// Returns whether the work was refused, so that it is still the caller's.
  bool queue(counted_work& work) { return kernel::task_work_add(task, &work) != 0; }

  void after() {
    const bool first_ran = first.runs.load(rl::mo_relaxed) == 1;
    RL_ASSERT(first_ran != VAR(taken_back));
    RL_ASSERT(second.runs.load(rl::mo_relaxed) == 1);
  }
};

}  // namespace

HEDDLE_SCENARIO(
        .name = "task_work_cancel",
        .summary = "task work is run or taken back, never both, never neither", .parameters = {},
        .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 140}},
        .body = rl::run<suite>);
