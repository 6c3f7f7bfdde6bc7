#include "checker/record/step_through.hpp"

#include <vector>

#include "checker/record/follow.hpp"

namespace heddle::record {

void step_through(Execution& empty, const trace::Trace& trace,
                  const std::function<void(std::uint32_t)>& at_step) {
  const bool too_long = trace.violation && trace.violation->kind == ViolationKind::step_bound;
  std::vector<graph::NodeId> states;
  expect_waits_of(trace, empty);
  Follower follower(empty);
  for (const trace::Step& step : trace.steps) {
    const auto number = static_cast<std::uint32_t>(states.size() + 1);
    if (step.thread >= empty.graph().threads() || empty.ended(step.thread)) {
      follower.refuse("thread " + std::to_string(step.thread) + " has nothing to do");
    }
    const graph::NodeId state = empty.state_of(step.thread);
    // A thread that waits is back where its round began.
    const graph::NodeId retry = empty.program()[state].retry;
    states.push_back(retry == runtime::no_node ? state : retry);
    const bool last = number == trace.steps.size();
    follower.take(number, step, last && too_long ? trace.violation->message : "");
  }
  // By now every reply is known, so each thread can be run without looking ahead.
  empty.program().restart();
  for (std::uint32_t number = 1; number <= states.size(); ++number) {
    empty.program().visit(states[number - 1], [&] { at_step(number); });
  }
}

}  // namespace heddle::record
