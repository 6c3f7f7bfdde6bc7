// A stash list that several threads drain under a mutex, held from the taking to the last release.
//
// Whoever finds its file gone got the mutex after the thread that took the file was done.
#include <heddle/scenario.hpp>

#include "scenarios/stash_suite.hpp"

namespace {

void drain(kernel::fput_stash& stash, kernel::task_struct& current) { stash.drain_locked(current); }

using suite = stash_suite<&drain>;

}  // namespace

HEDDLE_SCENARIO(
        .name = "stash_shared_locked", .summary = "shared stash list drained under a mutex",
        .parameters = {{"flushers", 2, 1, 8, "threads that close a file and drain"}},
        .expectations =
            {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 16},
             {.settings = {{"flushers", 1}}, .verdict = heddle::Verdict::holds, .complete = 1},
             {.settings = {{"flushers", 3}}, .verdict = heddle::Verdict::holds, .complete = 2544}},
        .body = rl::run<suite>);
