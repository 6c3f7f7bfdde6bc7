// flush_delayed_fput() of 6.14 waits for the worker, but not for other flushers.
//
// The threads are those of fput_shipped. The fix lets a flusher, after it has released what it
// found, also flush_delayed_work(&delayed_fput_work). With one flusher that is enough: if its file
// is not on the list any more, the kworker has it and is waited for.
//
// The bug that is left: two flushers. The second one's file may be in the hands of the first, whose
// direct call of delayed_fput() is no work item, so that waiting for the work item does not wait
// for it.
#include <heddle/scenario.hpp>

#include "scenarios/flush_suite.hpp"

namespace {

// Without a worker flush_delayed_work() would wait forever.
bool always() { return true; }

using suite = flush_suite<&kernel::file_table::flush_delayed_fput, &always>;

}  // namespace

HEDDLE_SCENARIO(.name = "fput_partial_fix",
                .summary = "flush_delayed_fput() of 6.14: files are released when it returns",
                .parameters = {{"flushers", 2, 1, 8, "nfsd threads that close a file and flush"}},
                // What is violated under sc is so under every weaker model.
                .expectations = {{.settings = {},
                                  .models = {"sc", "cpp20"},
                                  .verdict = heddle::Verdict::violated},
                                 {.settings = {{"flushers", 1}},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 16}},
                .body = rl::run<suite>);
