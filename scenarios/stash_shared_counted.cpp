// A stash list that several threads drain, each of which then waits for all drains under way.
//
// The count of drains goes up before the list is taken. Whoever finds its file gone has therefore
// seen a list that was taken after the count went up, and waits until it is down again.
#include <heddle/scenario.hpp>

#include "scenarios/stash_suite.hpp"

namespace {

void drain(kernel::fput_stash& stash, kernel::task_struct& current) {
  stash.drain_counted(current);
}

using suite = stash_suite<&drain>;

}  // namespace

HEDDLE_SCENARIO(.name = "stash_shared_counted",
                .summary = "shared stash list whose drainers wait until no drain is under way",
                .parameters = {{"flushers", 2, 1, 8, "threads that close a file and drain"}},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 80},
                                 {.settings = {{"flushers", 1}},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1},
                                 {.settings = {{"flushers", 3}},
                                  .models = {"cpp20"},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 120288}},
                .body = rl::run<suite>);
