// flush_delayed_fput() before 6.14 returns early.
//
// Each thread is an nfsd thread that must have its file closed before it goes on: it drops the
// final reference, which puts the file on the global delayed_fput_list, and flushes, which takes
// the whole list and releases what is on it.
//
// The bug: whoever takes the list takes everybody's files. A thread that finds the list empty
// returns, although its own file may still be in the hands of another flusher (found by NeilBrown
// in December 2023) or of the kworker (met at boot as ETXTBSY in October 2024; flushers=1 shows
// that one).
#include <heddle/scenario.hpp>

#include "scenarios/flush_suite.hpp"

namespace {

bool worker_wanted() { return heddle::api::parameter("worker") != 0; }

using suite = flush_suite<&kernel::file_table::flush_delayed_fput_before_6_14, &worker_wanted>;

}  // namespace

HEDDLE_SCENARIO(
        .name = "fput_shipped",
        .summary = "flush_delayed_fput() before 6.14: files are released when it returns",
        .parameters = {{"flushers", 2, 1, 8, "nfsd threads that close a file and flush"},
                       {"worker", 1, 0, 1, "whether a kworker runs the delayed work meanwhile"}},
        .expectations =
            {{.settings = {}, .verdict = heddle::Verdict::violated, .complete = 616},
             {.settings = {{"worker", 0}}, .verdict = heddle::Verdict::violated, .complete = 16},
             {.settings = {{"flushers", 1}}, .verdict = heddle::Verdict::violated, .complete = 2},
             {.settings = {{"flushers", 1}, {"worker", 0}},
              .verdict = heddle::Verdict::holds,
              .complete = 1},
             {.settings = {{"flushers", 3}, {"worker", 0}},
              .verdict = heddle::Verdict::violated,
              .complete = 2808},
             {.settings = {{"flushers", 3}}, .verdict = heddle::Verdict::violated}},
        .body = rl::run<suite>);
