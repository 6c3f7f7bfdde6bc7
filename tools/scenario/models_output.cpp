#include "tools/scenario/models_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checker/report/report.hpp"
#include "checker/report/safe_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;

/// "sc, tso and ra"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::vector<std::string> models_with(const std::vector<Outcome>& outcomes, Verdict verdict) {
  std::vector<std::string> names;
  for (const Outcome& outcome : outcomes) {
    if (outcome.result.verdict == verdict) names.push_back(outcome.options.model);
  }
  return names;
}

const Outcome* strongest_with_violation(const std::vector<Outcome>& outcomes) {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
    return has_violation(outcome.result);
  });
  return found == outcomes.end() ? nullptr : &*found;
}

/// What is known about the models by name; one that was not run is unknown like one that was cut
/// off.
class Known {
 public:
  explicit Known(const std::vector<Outcome>& outcomes) : outcomes_(outcomes) {}

  bool violated(const std::string& model) const { return is(model, Verdict::violated); }
  bool holds(const std::string& model) const { return is(model, Verdict::holds); }

 private:
  bool is(const std::string& model, Verdict verdict) const {
    return std::any_of(outcomes_.begin(), outcomes_.end(), [&](const Outcome& outcome) {
      return outcome.options.model == model && outcome.result.verdict == verdict;
    });
  }

  const std::vector<Outcome>& outcomes_;
};

/// sc, tso and ra take all accesses alike, whatever the program says, and are a chain: what is
/// violated under one of them is so under the next.
std::string what_it_needs(const Known& known) {
  if (known.violated("sc")) {
    return " It takes no more than threads that run in turns: no memory order helps.";
  }
  if (known.holds("sc") && known.violated("tso")) {
    return " This needs a store that takes effect after a later load of its thread, as on x86.";
  }
  if (known.holds("tso") && known.violated("ra")) {
    return " x86 prevents it by its one order of stores or its locked instructions; release and "
           "acquire alone do not.";
  }
  return "";
}

/// rc11 and cpp20 follow the orders that the program gives, which may be stronger or weaker than
/// release and acquire. What is violated under rc11 is so under cpp20.
std::string what_its_orders_do(const Known& known) {
  if (!known.holds("sc")) return "";
  if (known.violated("ra") && known.holds("rc11") && known.holds("cpp20")) {
    return " The orders that the program gives prevent it: rc11 and cpp20 follow them.";
  }
  if (known.holds("rc11") && known.violated("cpp20")) {
    return " This needs a release sequence that ends at a later store of the same thread, as in "
           "C++20; --strengthen names orders that prevent it.";
  }
  if (known.holds("ra") && (known.violated("rc11") || known.violated("cpp20"))) {
    return " The program gives an order weaker than release or acquire where one is needed; "
           "--strengthen names it.";
  }
  if (known.violated("rc11") || known.violated("cpp20")) {
    return " --strengthen names orders that prevent it.";
  }
  return "";
}

/// "violated: sb (all models, n = 2): holds under sc; violated under ..."
std::string verdict_line(const std::vector<Outcome>& outcomes) {
  return fmt::format("{}: {}: {}", verdict_name(overall(outcomes)),
                     described(outcomes.front(), "all models"), model_sentence(outcomes));
}

std::string table(const std::vector<Outcome>& outcomes) {
  std::string text = fmt::format("{:<8}  {:<10}  {:>10}  {:>8}  {:>9}\n", "MODEL", "VERDICT",
                                 "COMPLETE", "BLOCKED", "VIOLATING");
  for (const Outcome& outcome : outcomes) {
    const Counts& counts = outcome.result.executions;
    text += fmt::format("{:<8}  {:<10}  {:>10}  {:>8}  {:>9}", outcome.options.model,
                        verdict_name(outcome.result.verdict), counts.complete, counts.blocked,
                        counts.violating);
    const std::string cut = why_cut_off(outcome.result);
    if (!cut.empty()) text += "  <- " + report::safe(cut);
    text += "\n";
  }
  return text;
}

}  // namespace

Verdict overall(const std::vector<Outcome>& outcomes) {
  for (const Verdict verdict : {Verdict::broken, Verdict::violated, Verdict::incomplete}) {
    if (!models_with(outcomes, verdict).empty()) return verdict;
  }
  return Verdict::holds;
}

std::string model_sentence(const std::vector<Outcome>& outcomes) {
  std::string text;
  const auto add = [&](Verdict verdict, const char* words) {
    const auto models = models_with(outcomes, verdict);
    if (models.empty()) return;
    const bool every = models.size() == outcomes.size() && models.size() > 1;
    text += fmt::format("{}{} {}{}", text.empty() ? "" : "; ", words, every ? "every model: " : "",
                        listed(models));
  };
  add(Verdict::holds, "holds under");
  add(Verdict::violated, "violated under");
  add(Verdict::incomplete, "not known under");
  add(Verdict::broken, "can't be checked under");
  const Known known(outcomes);
  return text + "." + what_it_needs(known) + what_its_orders_do(known);
}

void tell_models_text(const std::vector<Outcome>& outcomes, const std::optional<OutputFile>& file,
                      bool quiet) {
  const Outcome* shown = strongest_with_violation(outcomes);
  std::string text;
  if (!quiet && shown != nullptr) {
    text += report::text(*shown->result.counterexample, output_style()) + "\n";
  }
  if (!quiet) text += table(outcomes);
  // Alone it is for programs: one line.
  const std::size_t width = quiet ? std::string::npos : output_style().width;
  text += fmt::format("{}\n", fmt::join(report::wrapped(verdict_line(outcomes), width), "\n"));
  if (!quiet && overall(outcomes) == Verdict::violated && !outcomes.front().options.keep_going) {
    text += "each run ends soon after its first violation; --keep-going counts them all\n";
  }
  Deliveries deliveries;
  deliveries.attempt([&] { print(text); });
  for (const Outcome& outcome : outcomes) {
    if (!quiet) print_error(fmt::format("{}: {}", outcome.options.model, time_of(outcome.result)));
  }
  deliveries.attempt([&] {
    if (file) write_counterexample(shown == nullptr ? outcomes.front() : *shown, *file, quiet);
  });
  deliveries.finish();
}

void tell_models_json(const std::vector<Outcome>& outcomes, const std::optional<OutputFile>& file) {
  const Outcome* shown = strongest_with_violation(outcomes);
  Json json;
  json["schema"] = "heddle.models/1";
  json["scenario"] = outcomes.front().scenario.name;
  json["verdict"] = verdict_name(overall(outcomes));
  json["sentence"] = model_sentence(outcomes);
  json["first_violated"] = shown == nullptr ? Json(nullptr) : Json(shown->options.model);
  json["results"] = Json::array();
  std::string error;
  for (const Outcome& outcome : outcomes) {
    const bool written =
        file && (shown == nullptr ? &outcome == &outcomes.front() : &outcome == shown);
    json["results"].push_back(
        Json::parse(result_json(outcome, written ? &*file : nullptr, &error)));
  }
  Deliveries deliveries;
  deliveries.attempt(
      [&] { print(json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n"); });
  deliveries.attempt([&] {
    if (!error.empty()) throw UsageError(error);
  });
  deliveries.finish();
}

}  // namespace heddle::cli
