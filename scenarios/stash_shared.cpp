// A stash list that several threads drain, with nothing else done about it.
//
// The bug is that of flush_delayed_fput() over again: a drainer that finds the stash empty returns,
// although the thread that took its file has not released it yet.
#include <heddle/scenario.hpp>

#include "scenarios/stash_suite.hpp"

namespace {

void drain(kernel::fput_stash& stash, kernel::task_struct& current) { stash.drain(current); }

using suite = stash_suite<&drain>;

}  // namespace

HEDDLE_SCENARIO(.name = "stash_shared",
                .summary = "stash list shared by several drainers, none of which waits",
                .parameters = {{"flushers", 2, 1, 8, "threads that close a file and drain"}},
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 16},
                                 {.settings = {{"flushers", 1}},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1},
                                 {.settings = {{"flushers", 3}},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 2544}},
                .body = rl::run<suite>);
