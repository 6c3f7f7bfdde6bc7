// Message passing: a writer fills in a plain variable and then raises a flag.
//
// With release and acquire, the reader that sees the flag sees the message. Without, it may see the
// old one, and as the variable is plain the mere attempt is a data race. The models
// sc, tso and ra do not look at the orders: under them ordered=0 holds, too.
#include <heddle/scenario.hpp>

namespace {

struct suite : rl::test_suite<suite, 2> {
  rl::var<int> message{0};
  rl::atomic<bool> ready{false};

  void before() {
    heddle::api::name(message, "message");
    heddle::api::name(ready, "ready");
  }

  void thread(unsigned i) {
    const bool ordered = heddle::api::parameter("ordered") != 0;
    if (i == 0) {
      VAR(message) = 42;
      ready($).store(true, ordered ? rl::mo_release : rl::mo_relaxed);
    } else {
      // The rounds in which the flag is still down have no effect, so they cost nothing.
      heddle::api::await([&] { return ready.load(ordered ? rl::mo_acquire : rl::mo_relaxed); });
      RL_ASSERT(VAR(message) == 42);
    }
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "message_passing",
                .summary = "a reader that sees the flag sees the message",
                .parameters = {{"ordered", 1, 0, 1, "release and acquire, or relaxed"}},
                .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 1},
                                 {.settings = {{"ordered", 0}},
                                  .models = {"sc", "tso", "ra"},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 1},
                                 {.settings = {{"ordered", 0}},
                                  .models = {"rc11", "cpp20"},
                                  .verdict = heddle::Verdict::violated,
                                  .complete = 0}},
                .body = rl::run<suite>);
