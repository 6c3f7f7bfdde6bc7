// The comparison of two traces in words.
#include <fmt/format.h>

#include <algorithm>

#include "checker/report/compare.hpp"
#include "checker/report/safe_text.hpp"
#include "checker/report/step_text.hpp"

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

/// One of the two traces, with what is needed to speak of it.
struct Side {
  char letter;
  const Trace& trace;
  std::string name;

  std::string label(std::uint32_t thread) const { return thread_label(trace, thread); }

  std::string heading() const {
    const std::string settings = [this] {
      std::string text;
      for (const auto& [key, value] : trace.settings) {
        text += fmt::format(", {} = {}", safe(key), value);
      }
      return text;
    }();
    const std::string end = trace.violation
                                ? fmt::format("{}: {}", to_string(trace.violation->kind),
                                              safe(trace.violation->message))
                                : "no violation";
    return fmt::format("{}  {} (model {}{}, {} steps)\n   {}\n", letter, safe(name),
                       safe(trace.model), settings, trace.steps.size(), end);
  }

  /// "step 7  x.load(acquire) = 1 (from 4)", or that there is none.
  std::string step(std::uint32_t number) const {
    if (number == 0) return "no further step";
    const Step& step = trace.steps[number - 1];
    std::string text = fmt::format("step {}: {}", number, step_text(step, 0, 0));
    if (!step.reads_from) return text;
    const Step& source = trace.steps[*step.reads_from - 1];
    return text + fmt::format("\n           which is {}'s {}", label(source.thread),
                              step_text(source, 0, 0));
  }
};

std::string ordinal(std::uint32_t number) {
  const std::uint32_t last = number % 100;
  const char* ending = last >= 11 && last <= 13 ? "th"
                       : number % 10 == 1       ? "st"
                       : number % 10 == 2       ? "nd"
                       : number % 10 == 3       ? "rd"
                                                : "th";
  return std::to_string(number) + ending;
}

std::string order_text(const Comparison& comparison, const Side& a, const Side& b) {
  const std::uint32_t next = comparison.same_steps + 1;
  std::string text =
      comparison.same_steps == 0
          ? std::string("They differ from the first step on.\n")
          : fmt::format("The first {} are the same, in the same order.\n",
                        comparison.same_steps == 1 ? std::string("step")
                                                   : fmt::format("{} steps", next - 1));
  const auto thread_after = [next](const Side& side) {
    return next > side.trace.steps.size() ? ~0U : side.trace.steps[next - 1].thread;
  };
  // If it is one thread that goes on differently, its own lines say how.
  if (thread_after(a) == thread_after(b)) return text;
  for (const Side* side : {&a, &b}) {
    if (next > side->trace.steps.size()) {
      text += fmt::format("  {}  ends there\n", side->letter);
    } else {
      const std::uint32_t thread = side->trace.steps[next - 1].thread;
      text += fmt::format("  {}  goes on with {}, {}\n", side->letter, side->label(thread),
                          side->step(next));
    }
  }
  return text;
}

std::string thread_text(const Parting& parting, const Side& a, const Side& b) {
  const Side& named = parting.thread < a.trace.threads.size() ? a : b;
  const std::string label = named.label(parting.thread);
  if (!parting.parts()) {
    return fmt::format("  {}: the same in both ({} step{})\n", label, parting.same,
                       parting.same == 1 ? "" : "s");
  }
  return fmt::format("  {}: parts at its {} step\n    {}  {}\n    {}  {}\n", label,
                     ordinal(parting.same + 1), a.letter, a.step(parting.a), b.letter,
                     b.step(parting.b));
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const Trace& a, const Trace& b,
                            const std::string& a_name, const std::string& b_name) {
  const Side one{'A', a, a_name};
  const Side two{'B', b, b_name};
  std::string text = one.heading() + two.heading() + "\n";
  const bool same_order =
      comparison.same_steps == a.steps.size() && comparison.same_steps == b.steps.size();
  if (comparison.same_execution()) {
    return text + (same_order ? "The two are the same.\n"
                              : "Every thread does and reads the same in both: they are one "
                                "execution, in two orders.\n");
  }
  if (!same_order) text += order_text(comparison, one, two) + "\n";
  text += "Thread by thread, in the order in which they part in A:\n";
  std::vector<Parting> threads = comparison.threads;
  std::stable_sort(threads.begin(), threads.end(), [](const Parting& x, const Parting& y) {
    const auto rank = [](const Parting& each) { return each.a == 0 ? ~0U : each.a; };
    return rank(x) < rank(y);
  });
  for (const Parting& parting : threads) text += thread_text(parting, one, two);
  for (const std::string& object : comparison.coherence) {
    text += fmt::format("  the writes to {} are in another coherence order\n", safe(object));
  }
  return text;
}

}  // namespace heddle::report
