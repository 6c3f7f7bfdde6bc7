#include "tools/scenario/scenario_cli.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "checker/session/session.hpp"
#include "tools/cli/command_line.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/run_options.hpp"
#include "tools/cli/signals.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/cli/verdict.hpp"
#include "tools/scenario/addresses.hpp"
#include "tools/scenario/debug_step.hpp"
#include "tools/scenario/describe.hpp"
#include "tools/scenario/exports_output.hpp"
#include "tools/scenario/models_output.hpp"
#include "tools/scenario/progress.hpp"
#include "tools/scenario/result_output.hpp"

namespace heddle::cli {
namespace {

const char* const examples =
    "Examples:\n"
    "  NAME                            explore every execution under cpp20\n"
    "  NAME --model sc --keep-going    count all violations under sequential consistency\n"
    "  NAME --model all                under which memory models does it hold?\n"
    "  NAME --strengthen               which memory orders does it need?\n"
    "  NAME --trace bug.json           save the counterexample\n"
    "  NAME --replay bug.json          run it again\n"
    "  NAME --strategy random --seconds 60\n"
    "Exit status: 0 holds, 1 violated, 2 wrong input, 3 incomplete, 4 the scenario is broken.\n";

/// The program's only scenario; of several the one that the program is called by.
const Scenario& scenario_of(const std::vector<Scenario>& scenarios, std::string_view path) {
  if (scenarios.size() == 1) return scenarios.front();
  if (scenarios.empty()) throw UsageError("this program holds no scenario: see HEDDLE_SCENARIO");
  const std::string_view called = path.substr(path.rfind('/') + 1);
  std::vector<std::string> names;
  for (const Scenario& each : scenarios) {
    if (each.name == called) return each;
    names.push_back(each.name);
  }
  throw UsageError(
      fmt::format("this program holds the scenarios {}: call it by the name of one (NAMES of "
                  "heddle_add_scenario() does that), not '{}'",
                  fmt::join(names, ", "), called));
}

Settings settings_from(const std::vector<std::string>& texts, const Scenario& scenario) {
  Settings settings;
  for (const std::string& text : texts) {
    const auto setting = parse_setting(text);
    const std::string& name = setting.first;  // clang 14 can't capture a structured binding
    const std::int64_t value = setting.second;
    const auto found = std::find_if(scenario.parameters.begin(), scenario.parameters.end(),
                                    [&](const Parameter& each) { return each.name == name; });
    if (found == scenario.parameters.end()) {
      std::vector<std::string> names;
      for (const Parameter& each : scenario.parameters) names.push_back(each.name);
      throw UsageError(unknown_name("parameter", name, names));
    }
    if (value < found->least || value > found->most) {
      throw UsageError(fmt::format("parameter '{}' takes a value from {} to {}, not {}", name,
                                   found->least, found->most, value));
    }
    if (!settings.emplace(name, value).second) {
      throw UsageError(fmt::format("parameter '{}' is set twice", name));
    }
  }
  return settings;
}

void check_models(const RunOptions& given) {
  std::vector<std::string> models = model_names();
  models.emplace_back(all_models);
  if (std::find(models.begin(), models.end(), given.model) == models.end()) {
    throw UsageError(unknown_name("model", given.model, models));
  }
  if (!given.strengthen) return;
  if (!follows_orders(given.model)) {
    std::string names;
    for (const std::string& each : model_names()) {
      if (follows_orders(each)) names += (names.empty() ? "" : " or ") + each;
    }
    throw UsageError(fmt::format(
        "--strengthen needs one model that follows the orders of the program, {}, not {}", names,
        given.model));
  }
  if (given.strategy != "exhaustive") {
    throw UsageError("--strengthen needs whole explorations: --strategy exhaustive");
  }
}

void check_checkpoint(const RunOptions& given) {
  if (given.checkpoint_path.empty() && given.resume_path.empty()) return;
  if (!given.checkpoint_path.empty() && !given.resume_path.empty()) {
    throw UsageError("--resume goes on writing its file: leave --checkpoint out");
  }
  if (given.model == all_models || given.strengthen) {
    throw UsageError(
        "--checkpoint and --resume take one exploration: one --model, no --strengthen");
  }
}

Options session_options(const RunOptions& given, const Scenario& scenario) {
  check_models(given);
  check_checkpoint(given);
  Options options;
  options.model = given.model;
  options.strategy = given.strategy;
  options.search = given.search == "states" ? Search::states : Search::graphs;
  options.jobs = given.jobs;
  options.resumes = !given.resume_path.empty();
  options.checkpoint = options.resumes ? given.resume_path : given.checkpoint_path;
  options.checkpoint_every = given.checkpoint_every;
  options.on_problem = print_error;
  options.memory = given.memory << 20;
  options.keep_going = given.keep_going;
  options.simplest = given.simplest;
  options.explain = true;
  options.spurious = given.spurious;
  options.self_check = given.self_check;
  options.seed = given.seed;
  options.executions = given.executions;
  options.seconds = given.seconds;
  options.steps = given.steps;
  options.settings = settings_from(given.set, scenario);
  options.list_orders = given.strengthen;
  return options;
}

/// What is on the command line beside the options of a run.
struct Invocation {
  RunOptions run;
  std::string replay_path;
  bool step_through = false;
  bool describe = false;
};

std::optional<int> read_arguments(const Scenario& scenario, int argc, const char* const* argv,
                                  Invocation& invocation) {
  CommandLine line(scenario.summary, scenario.name);
  add_exploration_options(line, invocation.run);
  Option replay = line.add_option("--replay", invocation.replay_path,
                                  "Run the execution of a saved trace again, nothing else");
  replay.type_name("FILE");
  line.add_flag("--step-through", invocation.step_through,
                "After a replay, run it step by step for a debugger (heddle replay --gdb)")
      .needs(replay);
  for (const Option& option : line.options()) {
    // The trace says all that these could say.
    if (option != replay && option.group() == "Exploration") replay.excludes(option);
  }
  add_result_options(line, invocation.run);
  line.add_flag("--describe", invocation.describe, "Print what this scenario is, as JSON");
  std::string footer = examples;
  for (std::size_t at = 0; (at = footer.find("NAME", at)) != std::string::npos;) {
    footer.replace(at, 4, scenario.name);
  }
  line.footer(parameter_help(scenario) + footer);
  return line.parse(argc, argv);
}

Outcome run_again(const Scenario& scenario, const std::string& path, bool for_debugger) {
  Outcome outcome{.scenario = scenario};
  const trace::Trace trace = read_trace(path);
  if (trace.scenario != scenario.name) {
    throw UsageError(fmt::format("{}: the trace is of the scenario '{}', not of '{}'", path,
                                 trace.scenario, scenario.name));
  }
  outcome.options.model = trace.model;
  outcome.options.settings = trace.settings;
  outcome.options.spurious = trace.spurious;
  outcome.replayed = true;
  try {
    outcome.result = replay(scenario, trace, for_debugger ? heddle_debug_step : StepHook{});
  } catch (const std::exception& error) {
    throw UsageError(fmt::format("{}: {}", path, error.what()));
  }
  require_same_violation(trace, outcome.result, path);
  return outcome;
}

/// The run itself; what is told about it depends on nothing but its Result.
Outcome run(const Scenario& scenario, const RunOptions& given) {
  Outcome outcome{.scenario = scenario};
  outcome.options = session_options(given, scenario);
  catch_interrupts();
  ProgressLine line(errors_on_terminal() && !given.quiet);
  outcome.result = check(scenario, outcome.options, [&line](const Progress& progress) {
    line.show(progress);
    return !interrupted();
  });
  const Verdict verdict = outcome.result.verdict;
  if (!outcome.options.checkpoint.empty() && verdict == Verdict::incomplete && !given.quiet) {
    print_error("--resume " + outcome.options.checkpoint + " goes on from here");
  }
  if (given.strengthen && (verdict == Verdict::holds || verdict == Verdict::violated)) {
    outcome.orders = orders::search(
        scenario, outcome.options, outcome.result, [&line](const orders::SearchProgress& now) {
          line.show(now.current, fmt::format("orders, exploration {}", now.explorations + 1));
          return !interrupted();
        });
  }
  return outcome;
}

/// One run per model, strongest first. What an interrupt leaves undone is incomplete.
std::vector<Outcome> run_models(const Scenario& scenario, const RunOptions& given) {
  const Options options = session_options(given, scenario);
  catch_interrupts();
  ProgressLine line(errors_on_terminal() && !given.quiet);
  std::vector<Outcome> outcomes;
  for (const std::string& model : model_names()) {
    outcomes.push_back({.scenario = scenario, .options = options});
    Outcome& outcome = outcomes.back();
    outcome.options.model = model;
    outcome.result.reason = "interrupted";
    if (interrupted()) continue;
    outcome.result = check(scenario, outcome.options, [&](const Progress& progress) {
      line.show(progress, model);
      return !interrupted();
    });
  }
  return outcomes;
}

int check_all_models(const Scenario& scenario, const RunOptions& given,
                     const std::optional<OutputFile>& file, const Exports& exports) {
  const std::vector<Outcome> outcomes = run_models(scenario, given);
  Deliveries deliveries;
  deliveries.attempt([&] {
    if (given.format == "json") {
      tell_models_json(outcomes, file);
    } else {
      tell_models_text(outcomes, file, given.quiet);
    }
  });
  deliveries.attempt([&] { exports.write(outcomes, given.expect); });
  deliveries.finish();
  return exit_status(overall(outcomes), given.expect);
}

int main_of(const Scenario& scenario, int argc, const char* const* argv) {
  Invocation invocation;
  if (const auto status = read_arguments(scenario, argc, argv, invocation)) return *status;
  if (invocation.describe) {
    print(describe(scenario));
    return 0;
  }
  // What a search finds may depend on addresses, and it goes on in another process.
  if (!invocation.run.checkpoint_path.empty() || !invocation.run.resume_path.empty()) {
    fix_addresses(argv);
  }
  // Before a run that may take hours: what would only fail at its end.
  require_different_files(outputs_of(invocation.run), invocation.replay_path);
  std::optional<OutputFile> file;
  if (!invocation.run.trace_path.empty()) file.emplace(invocation.run.trace_path);
  const Exports exports(invocation.run);
  const bool replays = !invocation.replay_path.empty();
  if (!replays && invocation.run.model == all_models) {
    return check_all_models(scenario, invocation.run, file, exports);
  }
  const Outcome outcome = replays
                              ? run_again(scenario, invocation.replay_path, invocation.step_through)
                              : run(scenario, invocation.run);
  Deliveries deliveries;
  deliveries.attempt([&] {
    if (invocation.run.format == "json") {
      tell_json(outcome, file);
    } else {
      tell_text(outcome, file, invocation.run.quiet);
    }
  });
  deliveries.attempt([&] { exports.write({&outcome, 1}, invocation.run.expect); });
  deliveries.finish();
  return exit_status(outcome.result.verdict, invocation.run.expect);
}

}  // namespace

int scenario_main(const std::vector<Scenario>& scenarios, int argc, const char* const* argv) {
  VerdictWatch watch;
  ignore_signals_of_writes();
  const int status = guarded([&] { return main_of(scenario_of(scenarios, argv[0]), argc, argv); });
  watch.tell(status);
  return status;
}

}  // namespace heddle::cli
