#include "checker/explain/waits.hpp"

#include "checker/explain/words.hpp"

namespace heddle::explain {
namespace {

using trace::Reason;
using trace::Step;
using trace::Trace;

/// The last step that gave a mutex an owner, or an object a value; 0 if none did.
std::uint32_t last_write(const Trace& trace, const std::string& object) {
  std::uint32_t last = 0;
  std::uint32_t position = 0;
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    const Step& step = trace.steps[number - 1];
    if (step.object != object || !step.coherence || *step.coherence < position) continue;
    position = *step.coherence;
    last = number;
  }
  return last;
}

Reason wait(const Trace& trace, std::uint32_t number) {
  const Step& step = trace.steps[number - 1];
  const std::string who = thread_of(trace, number) + " waits at step " + std::to_string(number);
  if (step.operation == "join") {
    return {.text = who + " for the end of a thread that waits itself", .steps = {number}};
  }
  const std::uint32_t last = last_write(trace, step.object);
  if (step.operation == "lock" && last != 0) {
    return {.text = who + " for '" + step.object + "', which " + thread_of(trace, last) +
                    " holds since step " + std::to_string(last),
            .steps = {number, last}};
  }
  if (step.object.empty() || last == 0) {
    return {.text = who + " for values that nothing gives it any more", .steps = {number}};
  }
  return {.text = who + " for another value of '" + step.object + "' than " +
                  value_from(trace, last) + ", and no thread that can still run writes one",
          .steps = {number, last}};
}

}  // namespace

std::vector<Reason> waits(const Trace& trace) {
  std::vector<Reason> reasons;
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    const Step& step = trace.steps[number - 1];
    if (!step.waits) continue;
    // That the main thread waits for the others is no news.
    if (step.thread == 0 && step.operation == "join") continue;
    reasons.push_back(wait(trace, number));
  }
  return reasons;
}

}  // namespace heddle::explain
