#include "checker/explain/rerun.hpp"

#include <algorithm>
#include <stdexcept>

#include "checker/explain/guided.hpp"
#include "checker/explore/classify.hpp"
#include "checker/record/record.hpp"

namespace heddle::explain {

using trace::Step;
using trace::Trace;

std::optional<Trace> flipped(const Trace& trace, const Before& before, std::uint32_t read,
                             std::uint32_t source, const FreshExecution& fresh) {
  const auto execution = fresh();
  Guided run(*execution, trace);
  const auto steps = static_cast<std::uint32_t>(trace.steps.size());
  const std::uint32_t previous = before.previous(read);
  const auto is_kept = [&](std::uint32_t number) {
    return before.is_before(number, source) ||
           (previous != 0 && before.is_before(number, previous));
  };
  try {
    for (std::uint32_t number = 1; number <= steps; ++number) {
      if (is_kept(number)) run.follow(number);
    }
    if (run.violated() || !run.read_from(read, source)) return std::nullopt;
    for (std::uint32_t number = 1; number <= steps; ++number) {
      if (number != read && !is_kept(number)) run.resemble(number);
    }
    run.finish();
  } catch (const std::runtime_error&) {
    return std::nullopt;  // that part of the trace does not stand alone
  }
  std::optional<explore::Found> found;
  const bool complete =
      !run.violated() && explore::classify(*execution, &found) == explore::Ending::complete;
  if (!complete || found) return std::nullopt;
  return record::trace_of(*execution, std::nullopt);
}

std::optional<Step> next_write(const Trace& trace, const std::string& object,
                               const FreshExecution& fresh) {
  const auto execution = fresh();
  Guided run(*execution, trace);
  try {
    for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) run.follow(number);
    run.finish();
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
  const auto writes = [&](const Step& step) { return step.object == object && step.coherence; };
  const Trace whole = record::trace_of(*execution, std::nullopt);
  const auto known =
      static_cast<std::uint32_t>(std::count_if(trace.steps.begin(), trace.steps.end(), writes));
  for (const Step& step : whole.steps) {
    if (writes(step) && *step.coherence == known) return step;
  }
  return std::nullopt;
}

}  // namespace heddle::explain
