#include "checker/explain/decisive.hpp"

#include <string>

#include "checker/explain/before.hpp"
#include "checker/explain/rerun.hpp"
#include "checker/explain/words.hpp"

namespace heddle::explain {

using trace::Reason;
using trace::Step;
using trace::Trace;

namespace {

/// How many flips are tried: each costs about as much as one execution.
constexpr std::size_t most_flips = 400;

/// The writes that the read could have read: to its object, and not caused by it. The latest first.
std::vector<std::uint32_t> alternatives(const Trace& trace, const Before& before,
                                        std::uint32_t read) {
  std::vector<std::uint32_t> steps;
  const Step& step = trace.steps[read - 1];
  for (auto number = static_cast<std::uint32_t>(trace.steps.size()); number > 0; --number) {
    const Step& other = trace.steps[number - 1];
    const bool writes = other.object == step.object && other.coherence;
    if (writes && number != *step.reads_from && !before.is_before(read, number)) {
      steps.push_back(number);
    }
  }
  return steps;
}

}  // namespace

std::vector<Decisive> decisive_reads(const Trace& trace, const FreshExecution& fresh,
                                     std::size_t most) {
  std::vector<Decisive> found;
  const Before before(trace);
  std::size_t flips = 0;
  for (auto read = static_cast<std::uint32_t>(trace.steps.size()); read > 0; --read) {
    const Step& step = trace.steps[read - 1];
    // What a plain read reads follows from happens-before: it has no choice.
    if (!step.reads_from || step.operation == "read") continue;
    for (const std::uint32_t source : alternatives(trace, before, read)) {
      if (found.size() == most || ++flips > most_flips) return found;
      auto passing = flipped(trace, before, read, source, fresh);
      if (!passing) continue;
      found.push_back({read, source, std::move(*passing)});
      break;
    }
  }
  return found;
}

Reason in_words(const Trace& trace, const Decisive& decisive) {
  const Step& step = trace.steps[decisive.read - 1];
  const std::string what = step_in_words(trace, decisive.read);
  if (step.operation == "lock" || step.operation == "try_lock") {
    return {.text = what + " came after step " + std::to_string(*step.reads_from) +
                    "; directly after step " + std::to_string(decisive.source) +
                    " nothing would have gone wrong",
            .steps = {decisive.read, *step.reads_from, decisive.source}};
  }
  return {.text = what + " read " + value_from(trace, *step.reads_from) + "; had it read " +
                  value_from(trace, decisive.source) + ", nothing would have gone wrong",
          .steps = {decisive.read, *step.reads_from, decisive.source}};
}

}  // namespace heddle::explain
