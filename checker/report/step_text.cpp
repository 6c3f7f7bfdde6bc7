#include "checker/report/step_text.hpp"

#include <fmt/format.h>

#include <map>
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
  if (step.operation == "fail") return "check fails";
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

std::vector<std::uint32_t> overtaken_steps(const Trace& trace) {
  std::vector<std::uint32_t> result(trace.steps.size(), 0);
  std::map<std::string_view, std::map<std::uint32_t, std::uint32_t>> writes;  // by coherence
  for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
    const Step& step = trace.steps[i];
    if (!step.coherence) continue;
    auto& earlier = writes[step.object];
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
  std::map<std::string_view, std::size_t> places;  // of the names in `objects`
  std::size_t threads = 0;
  for (std::uint32_t i = 0; i < folded; ++i) {
    const Step& step = trace.steps[i];
    if (preparation(step) == Preparation::starts) {
      if (step.operation == "spawn") ++threads;
      continue;
    }
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
