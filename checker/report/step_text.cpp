#include "checker/report/step_text.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "checker/report/safe_text.hpp"

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

bool reads_memory(const Step& step) {
  const std::string_view operation = step.operation;
  return operation == "load" || operation == "read" || operation == "exchange" ||
         operation == "compare_exchange" || operation.substr(0, 6) == "fetch_";
}

// "x.load(acquire) = 1", "x.fetch_add(relaxed): 1 -> 2", "m.lock()", "fence(seq_cst)".
std::string action(const Step& step) {
  const std::string read = safe(step.read.value_or(""));
  const std::string written = safe(step.written.value_or(""));
  if (step.operation == "construct" || step.operation == "allocate") {
    const std::string value = step.written ? " = " + written : "";
    return fmt::format("{} {}{}", step.operation == "construct" ? "create" : "allocate",
                       safe(step.object), value);
  }
  if (step.operation == "destroy") return "destroy " + safe(step.object);

  std::string text = step.object.empty() ? "" : safe(step.object) + ".";
  text += safe(step.operation) + "(";
  const bool only_writes = step.written && !step.read && step.success.value_or(true);
  if (only_writes) text += written;
  if (!step.order.empty()) text += (only_writes ? ", " : "") + safe(step.order);
  text += ")";
  if (step.success == false) {
    text += step.read ? fmt::format(" = {}, fails", read) : " fails";
  } else if (step.read && step.written) {
    text += fmt::format(": {} -> {}", read, written);
  } else if (step.read) {
    text += " = " + read;
  } else if (step.operation == "choose") {
    text += fmt::format(" = {}", step.choice);
  }
  return text;
}

// A write may take its place in the coherence order before one that is shown earlier. Returns the
// earlier shown step that it goes directly before, or 0.
std::uint32_t overtaken_step(const Trace& trace, std::uint32_t number) {
  const Step& step = trace.steps[number - 1];
  if (!step.coherence) return 0;
  std::uint32_t found = 0;
  for (std::uint32_t other = 1; other < number; ++other) {
    const Step& candidate = trace.steps[other - 1];
    if (candidate.object != step.object || !candidate.coherence) continue;
    if (*candidate.coherence <= *step.coherence) continue;
    if (found == 0 || *candidate.coherence < *trace.steps[found - 1].coherence) found = other;
  }
  return found;
}

enum class Preparation { none, creates, sets, starts };

Preparation preparation(const Step& step) {
  if (step.thread != 0 || step.read) return Preparation::none;
  if (step.operation == "construct" || step.operation == "allocate") return Preparation::creates;
  if (step.operation == "store" || step.operation == "write") return Preparation::sets;
  if (step.operation == "spawn" || step.operation == "invariant") return Preparation::starts;
  return Preparation::none;
}

struct Prepared {
  std::string object;
  std::string value;
};

}  // namespace

std::string step_text(const Trace& trace, std::uint32_t number, std::uint32_t folded) {
  const Step& step = trace.steps[number - 1];
  std::string remarks;
  const auto remark = [&remarks](const std::string& text) {
    remarks += (remarks.empty() ? "" : ", ") + text;
  };
  if (step.reads_from.value_or(0) > folded) {
    remark(fmt::format("from {}", *step.reads_from));
  } else if (reads_memory(step) && step.read) {
    remark("initial");
  }
  if (step.stale) remark("stale");
  const std::uint32_t overtaken = overtaken_step(trace, number);
  if (overtaken != 0) remark(fmt::format("ordered before {}", overtaken));
  if (!step.note.empty()) remark(safe(step.note));
  return action(step) + (remarks.empty() ? "" : " (" + remarks + ")");
}

std::string thread_label(const Trace& trace, std::uint32_t number) {
  const std::string name = number < trace.threads.size() ? safe(trace.threads[number]) : "";
  const std::string digits = std::to_string(number);
  if (name.empty()) return "thread " + digits;
  if (number == 0 || name.find(digits) != std::string::npos) return name;
  return digits + " " + name;
}

std::uint32_t folded_steps(const Trace& trace) {
  std::uint32_t count = 0;
  for (const Step& step : trace.steps) {
    const std::uint32_t number = count + 1;
    if (preparation(step) == Preparation::none || step.stale || !step.note.empty()) break;
    if (trace.violation &&
        (trace.violation->step == number || trace.violation->other_step == number)) {
      break;
    }
    ++count;
  }
  return count < 2 ? 0 : count;
}

std::string fold_text(const Trace& trace, std::uint32_t folded, std::size_t width) {
  std::vector<Prepared> objects;
  std::size_t threads = 0;
  for (std::uint32_t i = 0; i < folded; ++i) {
    const Step& step = trace.steps[i];
    if (preparation(step) == Preparation::starts) {
      if (step.operation == "spawn") ++threads;
      continue;
    }
    auto object = objects.begin();
    while (object != objects.end() && object->object != step.object) ++object;
    if (object == objects.end()) object = objects.insert(object, {step.object, ""});
    if (step.written) object->value = *step.written;
  }
  const std::string end =
      threads == 0 ? "" : fmt::format("starts {} thread{}", threads, threads == 1 ? "" : "s");
  std::string text = thread_label(trace, 0) + (objects.empty() ? " " : " sets up ");
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const Prepared& object = objects[i];
    std::string item = i == 0 ? "" : ", ";
    item += safe(object.object) + (object.value.empty() ? "" : " = " + safe(object.value));
    const std::string rest = fmt::format(" and {} more", objects.size() - i);
    if (i > 0 && columns(text) + columns(item) + rest.size() + 2 + end.size() > width) {
      text += rest;
      break;
    }
    text += item;
  }
  if (!end.empty()) text += (objects.empty() ? "" : "; ") + end;
  return text;
}

}  // namespace heddle::report
