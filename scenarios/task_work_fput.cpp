// fput() from user tasks: through task work, or through the delayed list once the task is past its
// exit.
//
// Thread 0 is a user task A that closes a file, exits, and drops another file after
// exit_task_work(), when task work is refused. Thread 1 is a user task B that shares A's first
// file, so that either may drop the final reference, and that passes the release of a third file on
// to A, which may be exiting at that moment: then B falls back to the delayed list, as fput() does.
// The kworker runs that list.
//
// Every file must be released exactly once, whatever the exits race with.
#include <heddle/scenario.hpp>

#include "model/file_table.hpp"
#include "model/task_work.hpp"

namespace {

struct suite : rl::test_suite<suite, 2> {
  kernel::file_table files;
  kernel::task_struct a{0, "task A"};
  kernel::task_struct b{0, "task B"};
  kernel::inode inodes[3];
  kernel::file* const shared = files.open(inodes[0], "shared file");
  kernel::file* const late = files.open(inodes[1], "late file");
  kernel::file* const passed_on = files.open(inodes[2], "passed-on file");

  void before() {
    kernel::get_file(shared);
    files.system_wq.start();
  }

  void thread(unsigned i) {
    if (i == 0) {
      run_a();
    } else {
      run_b();
    }
  }

  void run_a() {
    files.filp_close(a, shared);
    kernel::exit_task_work(a);
    files.fput(a, late);
  }

  void run_b() {
    files.filp_close(b, shared);
    if (kernel::fput_put_ref(passed_on)) files.release_by(a, passed_on);
    kernel::exit_task_work(b);
  }

  void after() {
    files.system_wq.destroy();
    for (const kernel::inode& each : inodes) {
      heddle::api::check(each.closed(), "a file was never released", $);
    }
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "task_work_fput",
                .summary = "fput() through task work while tasks exit: every file released once",
                .parameters = {},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 680}},
                .body = rl::run<suite>);
