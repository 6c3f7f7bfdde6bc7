#include "checker/explain/explain.hpp"

#include <string>

#include "checker/explain/decisive.hpp"
#include "checker/explain/missing_order.hpp"
#include "checker/explain/rerun.hpp"
#include "checker/explain/waits.hpp"
#include "checker/explain/words.hpp"
#include "checker/report/step_text.hpp"

namespace heddle::explain {
namespace {

using trace::Reason;
using trace::Step;
using trace::Trace;

constexpr std::size_t most_decisive = 2;
constexpr std::size_t most_stale = 2;

/// The first write to the step's object that it passed over: coherence-later than what it read, and
/// shown before it. 0 if there is none.
std::uint32_t passed_over(const Trace& trace, std::uint32_t read) {
  const Step& step = trace.steps[read - 1];
  const std::uint32_t position =
      step.reads_from ? trace.steps[*step.reads_from - 1].coherence.value_or(0) : 0;
  for (std::uint32_t number = 1; number < read; ++number) {
    const Step& other = trace.steps[number - 1];
    if (other.object == step.object && other.coherence.value_or(0) > position) return number;
  }
  return 0;
}

/// Reads that no interleaving explains.
void add_stale_reads(const Trace& trace, std::vector<Reason>& reasons) {
  std::size_t count = 0;
  for (std::uint32_t number = 1; number <= trace.steps.size() && count < most_stale; ++number) {
    if (!trace.steps[number - 1].stale) continue;
    const std::uint32_t newer = passed_over(trace, number);
    if (newer == 0) continue;
    Reason reason = missing_order(trace, newer, number);
    reason.text = "this needs a stale read, which no interleaving of the threads explains: " +
                  step_in_words(trace, number) + " passes over step " + std::to_string(newer) +
                  ", since " + reason.text;
    reasons.push_back(std::move(reason));
    ++count;
  }
}

/// What the failing check saw last, if another thread changes it only later.
void add_late_write(const Trace& trace, const FreshExecution& fresh, std::vector<Reason>& reasons) {
  std::uint32_t seen = trace.violation->step;
  while (seen > 0 && (trace.steps[seen - 1].thread != trace.violation->thread ||
                      !trace.steps[seen - 1].reads_from)) {
    --seen;
  }
  if (seen == 0) return;
  const auto write = next_write(trace, trace.steps[seen - 1].object, fresh);
  if (!write || write->thread == trace.violation->thread) return;
  reasons.push_back({.text = step_in_words(trace, seen) + " read " +
                             value_from(trace, *trace.steps[seen - 1].reads_from) + "; " +
                             report::thread_label(trace, write->thread) + " writes " +
                             write->written.value_or("another value") + " only later",
                     .steps = {seen, *trace.steps[seen - 1].reads_from}});
}

bool shows_at_two_accesses(const trace::Violation& violation) {
  const bool unordered =
      violation.kind == ViolationKind::data_race || violation.kind == ViolationKind::use_after_free;
  return unordered && violation.step != 0 && violation.other_step != 0;
}

Reason two_accesses(const Trace& trace) {
  const std::uint32_t at = trace.violation->step;
  const std::uint32_t other = trace.violation->other_step;
  if (trace.steps[at - 1].thread != trace.steps[other - 1].thread) {
    return missing_order(trace, other, at);
  }
  return {.text = thread_of(trace, at) + " does both, " + step_in_words(trace, other) +
                  " and then " + step_in_words(trace, at) + ": no other thread has to come between",
          .steps = {other, at}};
}

}  // namespace

Explanation explain(const Trace& trace, const FreshExecution& fresh) {
  Explanation result;
  if (!trace.violation || is_broken(trace.violation->kind)) return result;
  const trace::Violation& violation = *trace.violation;
  if (violation.kind == ViolationKind::step_bound) return result;
  std::vector<Reason>& reasons = result.reasons;
  if (shows_at_two_accesses(violation)) reasons.push_back(two_accesses(trace));
  for (Reason& reason : waits(trace)) reasons.push_back(std::move(reason));
  add_stale_reads(trace, reasons);
  if (violation.kind == ViolationKind::assertion_failed && violation.step != 0) {
    add_late_write(trace, fresh, reasons);
  }
  std::vector<Decisive> decisive = decisive_reads(trace, fresh, most_decisive);
  for (const Decisive& each : decisive) reasons.push_back(in_words(trace, each));
  for (Reason& reason : reasons) reason.text = sentence(std::move(reason.text));
  if (!decisive.empty()) result.nearest = std::move(decisive.front().passing);
  return result;
}

}  // namespace heddle::explain
