#include "tools/command/scenario_template.hpp"

namespace heddle::command {
namespace {

const char* const text = R"code(// @NAME@: say here what is modelled, and which property must hold.
//
// This example passes a message: to see a counterexample, change mo_release to mo_relaxed.
@INCLUDE@ <heddle/scenario.hpp>

namespace {

// Two threads; every execution that the memory model allows is explored, each once.
struct suite : rl::test_suite<suite, 2> {
  // What threads share. Ordinary members work as well, but are slow and have no name in reports.
  rl::var<int> message{0};  // a plain variable: unordered accesses are data races, and reported
  rl::atomic<bool> ready{false};

  // Runs before the threads start. Names make reports readable.
  void before() {
    heddle::api::name(message, "message");
    heddle::api::name(ready, "ready");
  }

  // The body of thread `i`. It must do the same whenever its reads return the same: no time, no
  // random numbers, no input. heddle::api::choose(n) explores each of n alternatives.
  void thread(unsigned i) {
    if (i == 0) {
      VAR(message) = 42;
      ready($).store(true, rl::mo_release);
    } else if (ready($).load(rl::mo_acquire)) {
      // What must hold. To wait for a value instead, use heddle::api::await(predicate).
      RL_ASSERT(VAR(message) == 42);
    }
  }

  // Runs after both threads have ended; checks of the final state belong here.
  void after() { RL_ASSERT(ready($).load(rl::mo_relaxed)); }
};

}  // namespace

// The answer that is known, for the tests: two executions, as the flag is seen or not.
HEDDLE_SCENARIO(.name = "@NAME@",
                .summary = "say in one line what is checked",
                .expectations = {{.settings = {},
                                  .verdict = heddle::Verdict::holds,
                                  .complete = 2}},
                .body = rl::run<suite>);
)code";

}  // namespace

std::string scenario_template(const std::string& name) {
  std::string result = text;
  const auto replace = [&result](const std::string& mark, const std::string& value) {
    for (std::size_t at = 0; (at = result.find(mark, at)) != std::string::npos;) {
      result.replace(at, mark.size(), value);
    }
  };
  replace("@INCLUDE@", "#include");  // the style test takes it for one of this file's own
  replace("@NAME@", name);
  return result;
}

}  // namespace heddle::command
