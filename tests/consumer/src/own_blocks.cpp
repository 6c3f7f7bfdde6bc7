// Blocks of one thread, used when they are freed and beyond their ends.
#include <heddle/scenario.hpp>

namespace {

namespace hd = heddle::api;

/// Runs `body` in a thread, behind its first operation.
template <typename Body>
void run_in_thread(Body body) {
  hd::atomic<int> x(0);
  hd::join(hd::spawn([&] {
    x.fetch_add(1);
    body();
  }));
}

}  // namespace

HEDDLE_SCENARIO(
        .name = "use_after_free", .summary = "A thread writes to a block that it freed",
        .expectations = {{.verdict = heddle::Verdict::violated}}, .body = [] {
          run_in_thread([] {
            int* volatile block = new int[4];
            delete[] block;
            block[0] = 1;
          });
        });

HEDDLE_SCENARIO(
        .name = "beyond_the_end", .summary = "A thread writes beyond the end of its block",
        .expectations = {{.verdict = heddle::Verdict::violated}}, .body = [] {
          run_in_thread([] {
            int* volatile block = new int[4];
            block[4] = 1;
            delete[] block;
          });
        });
