#include "tools/scenario/result_output.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checker/report/report.hpp"
#include "checker/report/safe_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/scenario/orders_output.hpp"

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;

double rate(const Result& result) {
  const Counts& counts = result.executions;
  const auto total = static_cast<double>(counts.sum());
  return result.seconds > 0 ? total / result.seconds : 0;
}

std::string strategy_name(const Outcome& outcome) {
  if (outcome.replayed) return "replay";
  return outcome.options.strategy;
}

/// "violated: sb (model rc11, n = 2)"
std::string verdict_line(const Outcome& outcome) {
  const Result& result = outcome.result;
  std::string text = fmt::format("{}: {}", verdict_name(result.verdict),
                                 described(outcome, "model " + outcome.options.model));
  if (result.verdict == Verdict::incomplete && !result.reason.empty()) {
    text += ": " + report::safe(result.reason);
  }
  return text + "\n";
}

/// What was left out, where that matters.
std::string bounds_line(const Result& result) {
  if (result.bounds.empty() || result.verdict != Verdict::holds) return "";
  return fmt::format("explored with {}\n", fmt::join(result.bounds, "; "));
}

std::string counts_line(const Result& result) {
  const Counts& counts = result.executions;
  // The verdict's own line has the reason of an incomplete run.
  const std::string cut = result.verdict == Verdict::incomplete ? "" : why_cut_off(result);
  const std::string longer = counts.cut == 0 ? "" : fmt::format(", {} cut", counts.cut);
  const std::string rest = cut.empty() ? "" : "; not all: " + report::safe(cut);
  if (result.states > 0) {
    return fmt::format("states: {}; ends: {} complete, {} blocked, {} violating{}{}\n",
                       result.states, counts.complete, counts.blocked, counts.violating, longer,
                       rest);
  }
  return fmt::format("executions: {} complete, {} blocked, {} violating{}; {} events{}\n",
                     counts.complete, counts.blocked, counts.violating, longer, result.events,
                     rest);
}

Json violation_json(const trace::Trace& trace) {
  if (!trace.violation) return nullptr;
  const trace::Violation& violation = *trace.violation;
  Json json;
  json["kind"] = to_string(violation.kind);
  json["message"] = violation.message;
  json["thread"] = violation.thread;
  json["at"] = violation.file.empty() ? "" : fmt::format("{}:{}", violation.file, violation.line);
  json["trace"] = Json::parse(trace::to_json(trace));
  return json;
}

Json json_of(const Outcome& outcome) {
  const Result& result = outcome.result;
  Json json;
  json["schema"] = "heddle.result/1";
  json["scenario"] = outcome.scenario.name;
  json["parameters"] = Json::object();
  for (const Parameter& parameter : outcome.scenario.parameters) {
    json["parameters"][parameter.name] = parameter.initial;
  }
  for (const auto& [name, value] : outcome.options.settings) json["parameters"][name] = value;
  json["model"] = outcome.options.model;
  json["strategy"] = strategy_name(outcome);
  json["verdict"] = verdict_name(result.verdict);
  json["executions"]["complete"] = result.executions.complete;
  json["executions"]["blocked"] = result.executions.blocked;
  json["executions"]["violating"] = result.executions.violating;
  json["executions"]["cut"] = result.executions.cut;
  json["events"] = result.events;
  if (result.states > 0) json["states"] = result.states;
  json["seconds"] = result.seconds;
  json["rate"] = rate(result);
  json["whole"] = result.whole;
  if (!result.reason.empty()) json["reason"] = result.reason;
  json["bounds"] = result.bounds;
  json["violation"] =
      has_violation(result) ? violation_json(*result.counterexample) : Json(nullptr);
  if (outcome.orders) json["orders"] = Json::parse(orders_json(*outcome.orders));
  return json;
}

/// How much of the scenario the counterexample and the counts are about.
std::string what_was_looked_at(const Outcome& outcome) {
  const Result& result = outcome.result;
  const auto& simplest = result.counterexample->simplest;
  const bool counted = outcome.options.keep_going || result.whole;
  const char* hint = counted ? "" : "; --keep-going counts them all";
  if (!simplest) return fmt::format("this is the first violation{}", hint);
  if (simplest->minimal) {
    return fmt::format("of all violations this has the fewest context switches, {}",
                       simplest->switches);
  }
  if (result.whole) return "the simplest violation among all executions";
  return fmt::format("the simplest violation among {} execution{} from the first one on{}",
                     result.looked_at, result.looked_at == 1 ? "" : "s", hint);
}

}  // namespace

std::string described(const Outcome& outcome, const std::string& models) {
  const Options& options = outcome.options;
  std::string text =
      fmt::format("{} ({}", report::safe(outcome.scenario.name), report::safe(models));
  for (const auto& [name, value] : options.settings) {
    text += fmt::format(", {} = {}", report::safe(name), value);
  }
  if (options.spurious) text += ", with spurious failures";
  if (outcome.replayed) text += ", replayed";
  if (!outcome.replayed && !is_exhaustive(options.strategy)) {
    text += fmt::format(", random, seed {}", options.seed);
  }
  return text + ")";
}

std::string time_of(const Result& result) {
  if (result.states > 0) {
    const double rate =
        result.seconds > 0 ? static_cast<double>(result.states) / result.seconds : 0;
    return fmt::format("{:.3f} s, {:.0f} states per second", result.seconds, rate);
  }
  return fmt::format("{:.3f} s, {:.0f} executions per second", result.seconds, rate(result));
}

void tell_text(const Outcome& outcome, const std::optional<OutputFile>& file, bool quiet) {
  const Result& result = outcome.result;
  std::string text;
  if (has_violation(result) && !quiet) {
    text += report::text(*result.counterexample, output_style()) + "\n";
  }
  text += verdict_line(outcome);
  text += bounds_line(result);
  if (!quiet && !outcome.replayed) text += counts_line(result);
  if (result.verdict == Verdict::violated && !quiet && !outcome.replayed) {
    text += what_was_looked_at(outcome);
    text += file ? "\n" : "; --trace FILE saves this one for 'heddle replay'\n";
  }
  if (outcome.orders) text += orders_text(*outcome.orders, outcome.options.model);
  Deliveries deliveries;
  deliveries.attempt([&] { print(text); });
  if (!quiet && !outcome.replayed) print_error(time_of(result));
  if (file) deliveries.attempt([&] { write_counterexample(outcome, *file, quiet); });
  deliveries.finish();
}

void write_counterexample(const Outcome& outcome, const OutputFile& file, bool quiet) {
  const auto& counterexample = outcome.result.counterexample;
  if (!counterexample) {
    if (!quiet) print_error(fmt::format("no counterexample: '{}' is not written", file.path()));
    return;
  }
  file.write(trace::to_json(*counterexample));
  if (!quiet) print(fmt::format("trace: {}\n", report::safe(file.path())));
}

std::string result_json(const Outcome& outcome, const OutputFile* file, std::string* error) {
  Json json = json_of(outcome);
  if (file != nullptr && outcome.result.counterexample) {
    try {
      file->write(trace::to_json(*outcome.result.counterexample));
      if (!json["violation"].is_null()) json["violation"]["trace"] = file->path();
    } catch (const UsageError& problem) {
      *error += problem.what();  // the object keeps the trace itself
    }
  }
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

void tell_json(const Outcome& outcome, const std::optional<OutputFile>& file) {
  std::string error;
  const std::string json = result_json(outcome, file ? &*file : nullptr, &error);
  Deliveries deliveries;
  deliveries.attempt([&] { print(json + "\n"); });
  deliveries.attempt([&] {
    if (!error.empty()) throw UsageError(error);
  });
  deliveries.finish();
}

}  // namespace heddle::cli
