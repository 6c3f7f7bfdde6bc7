#include "checker/explain/words.hpp"

#include "checker/report/step_text.hpp"

namespace heddle::explain {

std::string thread_of(const trace::Trace& trace, std::uint32_t number) {
  return report::thread_label(trace, trace.steps[number - 1].thread);
}

std::string step_in_words(const trace::Trace& trace, std::uint32_t number) {
  const trace::Step& step = trace.steps[number - 1];
  const std::string what =
      step.object.empty() ? step.operation : step.object + "." + step.operation;
  return "step " + std::to_string(number) + " (" + thread_of(trace, number) + ": " + what + ")";
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text + ".";
}

std::string value_from(const trace::Trace& trace, std::uint32_t source) {
  const trace::Step& write = trace.steps[source - 1];
  if (!write.written) return "no value, since nothing had been written";
  const std::string& value = *write.written;
  if (write.operation == "construct") return value + ", the initial value";
  return value + " from step " + std::to_string(source) + " (" + thread_of(trace, source) + ")";
}

}  // namespace heddle::explain
