// What the modelled functions do when nothing races; what they do otherwise is what scenarios
// check.
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "checker/session/session.hpp"
#include "model/kthread.hpp"
#include "model/nfsd.hpp"
#include "model/stash.hpp"
#include "model/task_work.hpp"

namespace kernel {
namespace {

using heddle::api::check;

/// Explores `body` and expects it to hold; checks inside it say what went wrong.
void expect_holds(const std::function<void()>& body) {
  const heddle::Result result = heddle::check(
      {.name = "model", .summary = "", .parameters = {}, .expectations = {}, .body = body}, {});
  EXPECT_EQ(result.verdict, heddle::Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
}

struct entry : llist_node {
  explicit entry(int its_number) : number(its_number) {}
  const int number;
};

TEST(Llist, NewestFirstAndTellsWhetherItWasEmpty) {
  expect_holds([] {
    llist_head list;
    entry first(1);
    entry second(2);
    check(llist_add(&first, list), "the list was empty");
    check(!llist_add(&second, list), "the list was not empty");
    int seen = 0;
    llist_for_each_entry_safe<entry>(llist_del_all(list),
                                     [&seen](entry* e) { seen = 10 * seen + e->number; });
    check(seen == 21, "the newest entry comes first");
    check(llist_del_all(list) == nullptr, "the list has been emptied");
  });
}

struct counted_work : callback_head {
  atomic_t runs{0};
};

void count_run(callback_head* work) { atomic_inc(static_cast<counted_work*>(work)->runs); }

TEST(TaskWork, RunsOnceAndIsRefusedAfterExit) {
  expect_holds([] {
    task_struct task(0, "task");
    counted_work work;
    init_task_work(&work, count_run);
    check(task_work_add(task, &work) == 0, "a living task takes work");
    task_work_run(task);
    check(READ_ONCE(work.runs) == 1, "the work ran");
    check(task_work_add(task, &work) == 0, "the list is open again");
    exit_task_work(task);
    check(READ_ONCE(work.runs) == 2, "exit runs what is queued");
    check(task_work_add(task, &work) == -ESRCH, "an exited task refuses work");
  });
}

TEST(TaskWork, CancelTakesBackWhatIsQueued) {
  expect_holds([] {
    task_struct task(0, "task");
    counted_work first;
    counted_work second;
    init_task_work(&first, count_run);
    init_task_work(&second, count_run);
    check(!task_work_cancel(task, &first), "nothing is queued");
    task_work_add(task, &first);
    task_work_add(task, &second);
    check(task_work_cancel(task, &first), "the older one is behind the newer one");
    check(!task_work_cancel(task, &first), "it is not there any more");
    task_work_run(task);
    check(READ_ONCE(first.runs) == 0 && READ_ONCE(second.runs) == 1, "only the other one ran");
  });
}

TEST(DelayedWork, PendingWorkIsNotArmedAgain) {
  expect_holds([] {
    atomic_t runs{0};
    delayed_work dwork([](void* context) { atomic_inc(*static_cast<atomic_t*>(context)); }, &runs,
                       "dwork");
    workqueue queue(dwork);
    check(!flush_work(dwork), "an idle item is not waited for");
    check(schedule_delayed_work(dwork), "an idle item is armed");
    check(!schedule_delayed_work(dwork), "a pending one is not armed again");
    check(!flush_work(dwork), "flush_work does not wait for a timer");
    queue.destroy();
    check(READ_ONCE(runs) == 1, "the item ran once");
    check(schedule_delayed_work(dwork), "then it is idle again");
  });
}

TEST(DelayedWork, FlushWaitsForTheWorker) {
  expect_holds([] {
    atomic_t runs{0};
    delayed_work dwork([](void* context) { atomic_inc(*static_cast<atomic_t*>(context)); }, &runs,
                       "dwork");
    workqueue queue(dwork);
    queue.start();
    schedule_delayed_work(dwork);
    flush_delayed_work(dwork);
    check(READ_ONCE(runs) == 1, "the item has run when the flush returns");
    queue.destroy();
  });
}

TEST(File, OnlyTheFinalPutReleases) {
  expect_holds([] {
    file_table files;
    task_struct kthread(PF_KTHREAD, "kthread");
    inode on;
    file* f = files.open(on, "file");
    get_file(f);
    check(!files.filp_close(kthread, f), "a reference is left");
    check(files.filp_close(kthread, f), "this was the last");
    check(!on.closed(), "a kernel thread's final put is delayed");
    files.flush_delayed_fput_before_6_14(kthread);
    check(on.closed(), "the flush has released it");
    files.system_wq.destroy();
  });
}

TEST(File, UserTasksReleaseOnTheirWayOut) {
  expect_holds([] {
    file_table files;
    task_struct task(0, "task");
    inode early;
    inode late;
    file* f = files.open(early, "early file");
    file* g = files.open(late, "late file");
    files.fput(task, f);
    check(!early.closed(), "task work has not run yet");
    exit_task_work(task);
    check(early.closed(), "task work has run");
    files.fput(task, g);
    check(!late.closed(), "an exited task's final put is delayed");
    files.system_wq.destroy();
    check(late.closed(), "the delayed work has released it");
  });
}

TEST(File, SynchronousWaysReleaseInPlace) {
  expect_holds([] {
    file_table files;
    task_struct kthread(PF_KTHREAD, "kthread");
    inode on[3];
    check(nfsd_filp_close(files, kthread, files.open(on[0], "file 0")), "the final reference");
    check(on[0].closed(), "nfsd_filp_close releases in place");
    check(files.__fput_sync(kthread, files.open(on[1], "file 1")), "the final reference");
    check(on[1].closed(), "__fput_sync releases in place");
    fput_stash stash(files, "stash");
    check(stash.close(files.open(on[2], "file 2")), "the final reference");
    check(!on[2].closed(), "it is only stashed");
    stash.drain_counted(kthread);
    check(on[2].closed(), "the drain has released it");
  });
}

TEST(Completion, CountsUp) {
  expect_holds([] {
    completion x("x");
    check(!completion_done(x), "nothing is done");
    complete(x);
    complete(x);
    wait_for_completion(x);
    check(completion_done(x), "one is left");
    wait_for_completion(x);
    check(!completion_done(x), "both are used up");
  });
}

}  // namespace
}  // namespace kernel
