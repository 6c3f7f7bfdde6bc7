#include "checker/explain/before.hpp"

#include <algorithm>

namespace heddle::explain {

namespace {

/// The step that starts the thread; 0 for the main thread.
std::uint32_t start_of(const trace::Trace& trace, std::uint32_t thread) {
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    const trace::Step& step = trace.steps[number - 1];
    if (step.operation == "spawn" && step.target == thread) return number;
  }
  return 0;
}

}  // namespace

Before::Before(const trace::Trace& trace) : trace_(trace) {
  std::vector<std::uint32_t> last(trace.threads.size(), 0);
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    const trace::Step& step = trace.steps[number - 1];
    std::vector<std::uint32_t> clock(trace.threads.size(), 0);
    const auto join = [&](std::uint32_t earlier) {
      if (earlier == 0 || earlier >= number) return;
      const std::vector<std::uint32_t>& other = clocks_[earlier - 1];
      for (std::size_t i = 0; i < clock.size(); ++i) clock[i] = std::max(clock[i], other[i]);
    };
    if (last[step.thread] == 0) last[step.thread] = start_of(trace, step.thread);
    previous_.push_back(last[step.thread]);
    join(last[step.thread]);
    join(step.reads_from.value_or(0));
    // Happens-before has the ends of threads beside what comes by program order and reads-from.
    for (const std::uint32_t earlier : step.clock) join(earlier);
    clock[step.thread] = number;
    clocks_.push_back(std::move(clock));
    last[step.thread] = number;
  }
}

}  // namespace heddle::explain
