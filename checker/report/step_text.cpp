#include "checker/report/step_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "checker/report/safe_text.hpp"

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

bool reads_memory(const Step& step) {
  const std::string_view operation = step.operation;
  return operation == "load" || operation == "read" || operation == "exchange" ||
         operation == "compare_exchange" || operation.substr(0, 6) == "fetch_" ||
         operation.substr(0, 7) == "add_if_";
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
  if (step.operation == "check") return "check fails";
  if (step.operation == "note") return safe(step.note);
  if (step.operation == "release") return "free " + safe(step.object);
  const bool told_by_note = step.operation == "spawn" || step.operation == "join";
  if (told_by_note && !step.note.empty()) return step.operation + ": " + safe(step.note);
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

struct Prepared {
  std::string object;
  std::string value;
};

// The steps that the violation names, and the last access before it in its thread: what was seen
// there is what the violation is about.
void keep_around_violation(const Trace& trace, std::uint32_t folded, std::vector<bool>& minor) {
  if (!trace.violation) return;
  const trace::Violation& violation = *trace.violation;
  for (const std::uint32_t number : {violation.step, violation.other_step}) {
    if (number != 0) minor[number - 1] = false;
  }
  std::uint32_t i = violation.step == 0 ? 0 : violation.step - 1;
  while (i > folded) {
    --i;
    const Step& step = trace.steps[i];
    if (step.thread != violation.thread || !step.read) continue;
    minor[i] = false;
    return;
  }
}

}  // namespace

std::vector<std::uint32_t> overtaken_steps(const Trace& trace) {
  std::vector<std::uint32_t> result(trace.steps.size(), 0);
  std::map<std::string_view, std::map<std::uint32_t, std::uint32_t>> writes;  // by coherence
  for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
    const Step& step = trace.steps[i];
    if (!step.coherence) continue;
    auto& earlier = writes[step.object];
    if (step.operation == "construct") earlier.clear();  // a new life at the same place
    const auto next = earlier.upper_bound(*step.coherence);
    if (next != earlier.end()) result[i] = next->second;
    earlier[*step.coherence] = i + 1;
  }
  return result;
}

std::string step_text(const Step& step, std::uint32_t folded, std::uint32_t overtaken) {
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
  if (overtaken != 0) remark(fmt::format("ordered before {}", overtaken));
  // The notes of these are told elsewhere: in the action, or in the heading.
  const bool told = step.operation == "spawn" || step.operation == "join" ||
                    step.operation == "check" || step.operation == "note";
  if (!step.note.empty() && !told) remark(safe(step.note));
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
  // What the main thread does alone before another thread's first step, up to its last spawn.
  std::uint32_t folded = 0;
  for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
    const Step& step = trace.steps[i];
    if (step.thread != 0 || step.stale) break;
    if (trace.violation &&
        (trace.violation->step == i + 1 || trace.violation->other_step == i + 1)) {
      break;
    }
    const bool last_of_setup = step.operation == "spawn" || step.operation == "construct";
    if (last_of_setup) folded = i + 1;
  }
  return folded < 2 ? 0 : folded;
}

std::vector<bool> minor_steps(const Trace& trace, std::uint32_t folded) {
  const auto size = static_cast<std::uint32_t>(trace.steps.size());
  const std::vector<std::uint32_t> overtaken = overtaken_steps(trace);
  std::map<std::string_view, std::set<std::uint32_t>> users;
  std::set<std::uint32_t> threads;
  bool weak = trace.violation && trace.violation->kind == ViolationKind::data_race;
  for (std::uint32_t i = folded; i < size; ++i) {
    users[trace.steps[i].object].insert(trace.steps[i].thread);
    threads.insert(trace.steps[i].thread);
    weak = weak || trace.steps[i].stale || overtaken[i] != 0;
  }
  std::vector<bool> minor(size, false);
  for (std::uint32_t i = folded; i < size; ++i) {
    const Step& step = trace.steps[i];
    if (step.stale || overtaken[i] != 0) continue;
    if (step.operation == "fence") {
      minor[i] = trace.model == "sc" || !weak;
    } else {
      minor[i] = !step.object.empty() && step.note.empty() && users[step.object].size() == 1;
    }
  }
  // What a single thread does is all its own: then its last steps say how it came to that.
  if (threads.size() == 1) {
    constexpr std::uint32_t kept = 12;
    std::fill(minor.end() - std::min(size, kept), minor.end(), false);
  }
  keep_around_violation(trace, folded, minor);
  return minor;
}

std::string fold_text(const Trace& trace, std::uint32_t folded, std::size_t width) {
  std::vector<Prepared> objects;
  std::map<std::string_view, std::size_t> places;  // of the names in `objects`
  std::size_t threads = 0;
  for (std::uint32_t i = 0; i < folded; ++i) {
    const Step& step = trace.steps[i];
    if (step.operation == "spawn") ++threads;
    // Blocks of memory are not worth a word: what is in them is an object, too.
    const bool sets_up = step.operation == "construct" || step.written;
    if (!sets_up) continue;
    const auto [place, fresh] = places.emplace(step.object, objects.size());
    if (fresh) objects.push_back({step.object, ""});
    if (step.written) objects[place->second].value = *step.written;
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
