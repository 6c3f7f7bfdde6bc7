// Mutant of stash_shared_counted: a drainer takes the list first and announces itself then.
//
// The bug: between the two, another drainer finds its file gone and the count still at zero.
#include <heddle/scenario.hpp>

#include "scenarios/stash_suite.hpp"

namespace {

void drain(kernel::fput_stash& stash, kernel::task_struct& current) {
  kernel::llist_node* taken = kernel::llist_del_all(stash.to_free);
  kernel::atomic_inc(stash.in_flight);
  kernel::llist_for_each_entry_safe<kernel::file>(
      taken, [&](kernel::file* f) { stash.files.__fput(current, f, f->f_llist); });
  kernel::atomic_dec_and_test(stash.in_flight);
  stash.wait_for_drains();
}

using suite = stash_suite<&drain>;

}  // namespace

HEDDLE_SCENARIO(.name = "stash_shared_counted_late",
                .summary = "mutant: the count of drains goes up after the list is taken",
                .parameters = {{"flushers", 2, 1, 8, "threads that close a file and drain"}},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 128},
                                 {.settings = {{"flushers", 1}},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1}},
                .body = rl::run<suite>);
