#include "checker/export/outline.hpp"

#include "checker/report/step_text.hpp"

namespace heddle::exports {
namespace {

/// Steps without a word of their own in the text report.
bool is_silent(const trace::Trace& trace, std::uint32_t number) {
  const trace::Step& step = trace.steps[number - 1];
  const bool named =
      trace.violation && (trace.violation->step == number || trace.violation->other_step == number);
  return step.operation == "finish" && step.note.empty() && !named;
}

}  // namespace

Outline outline(const trace::Trace& trace) {
  constexpr std::size_t setup_width = 110;  // columns: more would only be skipped by readers
  Outline result;
  result.setup = report::folded_steps(trace);
  if (result.setup >= trace.steps.size()) result.setup = 0;  // there is nothing else to show
  if (result.setup != 0) {
    result.setup_text = report::fold_text(trace, result.setup, setup_width);
  }
  const std::vector<std::uint32_t> overtaken = report::overtaken_steps(trace);
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    result.texts.push_back(report::step_text(trace.steps[i], result.setup, overtaken[i]));
  }
  for (std::uint32_t thread = 0; thread < trace.threads.size(); ++thread) {
    result.labels.push_back(report::thread_label(trace, thread));
  }
  const bool is_long = trace.steps.size() - result.setup > report::long_report;
  result.minor = is_long ? report::minor_steps(trace, result.setup)
                         : std::vector<bool>(trace.steps.size(), false);
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    if (is_silent(trace, number)) result.minor[number - 1] = true;
  }
  return result;
}

}  // namespace heddle::exports
