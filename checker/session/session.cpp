#include "checker/session/session.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <set>
#include <stdexcept>

#include "checker/consistency/model.hpp"
#include "checker/explain/explain.hpp"
#include "checker/explore/strategy.hpp"
#include "checker/interpose/interpose.hpp"
#include "checker/jobs/parallel.hpp"
#include "checker/record/follow.hpp"
#include "checker/record/names.hpp"
#include "checker/record/record.hpp"
#include "checker/record/step_through.hpp"
#include "checker/session/checkpointing.hpp"
#include "checker/session/run.hpp"
#include "checker/session/same_execution.hpp"
#include "checker/states/state_search.hpp"

namespace heddle {
namespace {

constexpr unsigned most_jobs = 1000;
constexpr std::uint32_t most_steps = 60'000;  // positions in threads are 16-bit numbers

Settings complete_settings(const Scenario& scenario, const Settings& given) {
  Settings settings;
  for (const Parameter& parameter : scenario.parameters) {
    settings[parameter.name] = parameter.initial;
  }
  for (const auto& [name, value] : given) {
    const auto known = settings.find(name);
    if (known == settings.end()) {
      std::string names;
      for (const Parameter& parameter : scenario.parameters) {
        names += (names.empty() ? "" : ", ") + parameter.name;
      }
      throw std::invalid_argument("scenario '" + scenario.name + "' has no parameter '" + name +
                                  "'; " + (names.empty() ? "it has none" : "there are: " + names));
    }
    for (const Parameter& parameter : scenario.parameters) {
      if (parameter.name != name) continue;
      if (value < parameter.least || value > parameter.most) {
        throw std::invalid_argument(
            "parameter '" + name + "' must be " + std::to_string(parameter.least) + " to " +
            std::to_string(parameter.most) + ", not " + std::to_string(value));
      }
    }
    known->second = value;
  }
  return settings;
}

constexpr const char* place_names[] = {"heap", "stack", "program"};  // of memory::Place

std::vector<memory::AreaRecord> areas_of(const trace::Trace& trace) {
  std::vector<memory::AreaRecord> records;
  for (const trace::SharedMemory& shared : trace.shared_memory) {
    memory::AreaRecord& record = records.emplace_back();
    const auto* const place =
        std::find(std::begin(place_names), std::end(place_names), shared.place);
    record.kind = {static_cast<memory::Place>(place - std::begin(place_names)), shared.bytes,
                   shared.at};
    for (std::size_t i = 0; i < shared.offsets.size(); ++i) {
      const bool changes = shared.changes[i] != 0;
      record.cells.push_back({.offset = shared.offsets[i],
                              .size = shared.sizes[i],
                              .changes = changes,
                              .foreign = changes});
    }
  }
  return records;
}

/// Threads have the numbers that the trace gives them, though other ones may be met first now.
/// Throws std::runtime_error if they can't have them.
void number_threads(const trace::Trace& trace, runtime::Program& program) {
  std::vector<std::uint32_t> spawned(trace.threads.size(), 0);
  std::set<std::uint32_t> given = {0};  // the main thread
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const trace::Step& step = trace.steps[i];
    if (step.operation != "spawn" || !step.target || step.thread >= spawned.size()) continue;
    if (*step.target >= runtime::max_threads || !given.insert(*step.target).second) {
      throw std::runtime_error("the trace does not fit the scenario: step " +
                               std::to_string(i + 1) + " can't start a thread " +
                               std::to_string(*step.target));
    }
    program.number_thread(step.thread, spawned[step.thread]++, *step.target);
  }
}

std::vector<trace::SharedMemory> shared_memory_of(const memory::Areas& areas, bool announced) {
  std::vector<trace::SharedMemory> all;
  for (const memory::AreaRecord& record : areas.records()) {
    trace::SharedMemory& shared = all.emplace_back();
    shared.place = place_names[static_cast<std::size_t>(record.kind.place)];
    shared.bytes = record.kind.bytes;
    shared.at = record.kind.at;
    for (const memory::Cell& cell : record.cells) {
      shared.offsets.push_back(cell.offset);
      shared.sizes.push_back(cell.size);
      // Of announced code only what is shared; else nobody knows whose the cells are.
      const bool changes = announced ? cell.shared() : cell.changes;
      shared.changes.push_back(changes ? 1 : 0);
    }
  }
  return all;
}

/// Says what the traces are of.
void complete_traces(Result& result, const Scenario& scenario, const Settings& settings,
                     const std::string& model, bool spurious, const memory::Areas& areas) {
  for (std::optional<trace::Trace>* trace : {&result.counterexample, &result.nearest}) {
    if (!*trace) continue;
    (*trace)->scenario = scenario.name;
    (*trace)->settings = settings;
    (*trace)->model = model;
    (*trace)->spurious = spurious;
    (*trace)->shared_memory = shared_memory_of(areas, scenario.announced != nullptr);
  }
}

void add_explanation(Result& result, const explain::FreshExecution& fresh) {
  if (!result.counterexample) return;
  explain::Explanation explanation = explain::explain(*result.counterexample, fresh);
  result.counterexample->explanation = std::move(explanation.reasons);
  result.nearest = std::move(explanation.nearest);
}

std::vector<OrderUse> uses_of(const runtime::Orders& orders, const runtime::Program& program) {
  std::vector<OrderUse> uses;
  for (const auto& [site, objects] : orders.met()) {
    std::set<std::string> names;
    for (const void* object : objects) names.insert(program.object_name(object));
    const runtime::Node node{.op = {.kind = site.kind}};
    uses.push_back({.site = site,
                    .operation = record::operation_name(node),
                    .objects = {names.begin(), names.end()}});
  }
  return uses;
}

}  // namespace

const std::vector<std::string>& model_names() { return consistency::model_names(); }

const std::vector<std::string>& models_with_states() {
  static const std::vector<std::string> names = {"sc"};
  return names;
}

bool follows_orders(const std::string& model) { return consistency::follows_orders(model); }

std::vector<std::string> strategy_names() {
  std::vector<std::string> names;
  for (const explore::StrategyEntry& entry : explore::strategies()) names.emplace_back(entry.name);
  return names;
}

bool is_exhaustive(const std::string& strategy) {
  return explore::find_strategy(strategy).is_exhaustive;
}

namespace {

/// A way to explore, for comparison.
struct Way {
  const char* name = "";
  explore::Variant variant = {};
  bool runs_ahead = true;
};

constexpr std::array<Way, 4> other_ways = {{
    {"with the failing rounds of waits", {.explores_failures = true}},
    {"with the last thread first", {.reversed = true}},
    {"with both", {.explores_failures = true, .reversed = true}},
    {"without running ahead", {}, false},
}};

/// The same search, with limits, as the other way may be long.
Options for_comparison(Options options, const Result& result) {
  options.on_complete = {};
  options.explain = options.self_check = options.list_orders = false;
  options.simplest = 0;
  options.jobs = 1;
  options.checkpoint.clear();
  options.executions = 1000 + 20 * result.executions.sum();
  options.seconds = 10;
  return options;
}

/// How the other way's result contradicts; empty if it does not, or came to no end.
std::string difference_between(const Result& result, const Result& other, const Options& options) {
  if (other.verdict == Verdict::incomplete) return "";
  if (other.verdict != result.verdict) return "the verdict is another one";
  const bool all = result.verdict == Verdict::holds || options.keep_going;
  if (!all || other.executions.complete == result.executions.complete) return "";
  return "there are " + std::to_string(other.executions.complete) + " complete executions, not " +
         std::to_string(result.executions.complete);
}

/// Explores in the other ways, and turns the result into an error where they find something else.
void compare_ways(Result& result, const Options& options,
                  const std::function<Result(const Options&, const Way&)>& explore) {
  for (const Way& way : other_ways) {
    const Result other = explore(for_comparison(options, result), way);
    const std::string difference = difference_between(result, other, options);
    if (difference.empty()) continue;
    result.verdict = Verdict::incomplete;
    result.reason = std::string("explored ") + way.name + ", " + difference +
                    ", which is an error of heddle's: please report it";
    return;
  }
}

bool is_paranoid(const Options& options) {
  const char* wish = std::getenv("HEDDLE_PARANOID");
  return (options.paranoid || (wish != nullptr && *wish != 0)) && is_exhaustive(options.strategy) &&
         options.search == Search::graphs;
}

/// Not where each execution is to be seen here, or so few are that their order matters.
bool can_be_shared(const Options& options) {
  return is_exhaustive(options.strategy) && options.search == Search::graphs &&
         options.executions == 0 && !options.wanted && !options.self_check &&
         !options.on_complete && !options.list_orders;
}

jobs::ParallelOptions parallel_options(const Options& options) {
  return {.workers = options.jobs,
          .ways = {.slice = options.sharing.slice,
                   .counts_all = options.keep_going,
                   .before_slice = options.sharing.before_slice},
          .alone = options.sharing.alone,
          .looks = options.simplest};
}

std::unique_ptr<explore::Strategy> make_strategy(const Options& options,
                                                 explore::Execution& execution, Run& run,
                                                 const jobs::ParallelOptions& parallel) {
  const explore::StrategyEntry& entry = explore::find_strategy(options.strategy);
  if (can_be_shared(options) && (options.jobs > 1 || parallel.save)) {
    return std::make_unique<jobs::Parallel>(execution, run, parallel);
  }
  if (!entry.is_exhaustive || options.search == Search::graphs) {
    return entry.make(execution, run, {options.seed, options.executions});
  }
  const states::Limits limits{
      .spurious = options.spurious, .steps = options.steps, .memory = options.memory};
  return std::make_unique<states::StateSearch>(execution, run, limits);
}

/// Explores the scenario with the shared memory that is known. Throws SharedMemoryGrew if there is
/// more.
Result check_with(memory::Areas& areas, const Scenario& scenario, const Settings& settings,
                  const consistency::Model& model, const Options& options,
                  const ProgressHook& progress, Run::Clock::time_point start, const Way& way,
                  Checkpointing* checkpointing) {
  runtime::Orders orders(options.orders);
  const bool looks_at_orders = options.list_orders || !options.orders.empty();
  runtime::Program program(scenario.body, settings, areas, looks_at_orders ? &orders : nullptr,
                           scenario.announced);
  program.run_ahead(way.runs_ahead);
  explore::Execution execution(program, model, options.spurious, options.steps, way.variant);
  Run run(options, progress, start);
  jobs::ParallelOptions parallel = parallel_options(options);
  if (checkpointing != nullptr) {
    checkpointing->join(parallel, program, areas, [&run] { return run.elapsed(); });
  }
  const auto strategy = make_strategy(options, execution, run, parallel);
  run.watch(strategy.get());
  const bool finished = strategy->run();
  if (finished) run.note_lost(strategy->lost());
  run.note_refusal(strategy->refusal());
  run.watch(nullptr);
  Result result = run.result(strategy->events(), finished);
  result.states = strategy->states();
  result.bounds.assign(program.bounds().begin(), program.bounds().end());
  if (options.explain) {
    add_explanation(result, [&] {
      return std::make_unique<explore::Execution>(program, model, options.spurious, options.steps);
    });
  }
  complete_traces(result, scenario, settings, options.model, options.spurious, areas);
  if (options.list_orders) result.orders = uses_of(orders, program);
  return result;
}

}  // namespace

Result check(const Scenario& scenario, const Options& options, const ProgressHook& progress) {
  const Settings settings = complete_settings(scenario, options.settings);
  const auto model = consistency::make_model(options.model);
  explore::find_strategy(options.strategy);
  if (options.steps < 1 || options.steps > most_steps) {
    throw std::invalid_argument("the step bound must be 1 to " + std::to_string(most_steps) +
                                ", not " + std::to_string(options.steps));
  }
  if (options.jobs < 1 || options.jobs > most_jobs) {
    throw std::invalid_argument("the number of jobs must be 1 to " + std::to_string(most_jobs) +
                                ", not " + std::to_string(options.jobs));
  }
  const auto& searchable = models_with_states();
  const bool has_states =
      std::find(searchable.begin(), searchable.end(), options.model) != searchable.end();
  if (options.search == Search::states && !has_states) {
    throw std::invalid_argument("model '" + options.model +
                                "' can't be searched by states; models that can: sc");
  }
  if (options.search == Search::states && scenario.announced != nullptr) {
    throw std::invalid_argument(
        "a program can't be searched by states, only a scenario: leave '--search states' out");
  }
  if (!options.checkpoint.empty() && !can_be_shared(options)) {
    throw std::invalid_argument(
        "a checkpoint needs an exhaustive exploration of executions that has no limit but time");
  }
  interpose::install();
  std::optional<Checkpointing> checkpointing;
  if (!options.checkpoint.empty()) {
    checkpointing.emplace(options, identity_of(scenario, options, settings));
  }
  const auto explore = [&](const Options& how, const ProgressHook& tell, const Way& way,
                           Checkpointing* kept = nullptr) {
    const auto start = Run::Clock::now();
    const bool resumes = kept != nullptr && kept->resumed() != nullptr;
    memory::Areas areas = resumes ? memory::Areas(kept->resumed()->areas, false) : memory::Areas();
    for (;;) {
      try {
        return check_with(areas, scenario, settings, *model, how, tell, start, way, kept);
      } catch (const runtime::SharedMemoryGrew&) {
        // All that is known of the threads is void.
        if (kept != nullptr) kept->begin_anew();
      }
    }
  };
  Result result;
  try {
    result = explore(options, progress, {}, checkpointing ? &*checkpointing : nullptr);
  } catch (const AssertionError& error) {
    result.verdict = Verdict::broken;
    result.reason = error.what();
  } catch (const explore::WrongPosition& error) {
    result.verdict = Verdict::broken;
    result.reason = error.what();
  }
  if (checkpointing) {
    result.seconds += checkpointing->seconds_before();
    if (result.verdict != Verdict::incomplete || result.whole) checkpointing->finish();
  }
  const bool is_over = result.verdict == Verdict::holds || result.verdict == Verdict::violated;
  if (is_over && is_paranoid(options)) {
    compare_ways(result, options,
                 [&](const Options& how, const Way& way) { return explore(how, {}, way); });
  }
  return result;
}

Result replay(const Scenario& scenario, const trace::Trace& trace, const StepHook& at_step) {
  if (trace.scenario != scenario.name) {
    throw std::runtime_error("the trace is of scenario '" + trace.scenario + "', not of '" +
                             scenario.name + "'");
  }
  Settings settings;
  std::unique_ptr<consistency::Model> model;
  try {
    settings = complete_settings(scenario, trace.settings);
    model = consistency::make_model(trace.model);
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(std::string("the trace does not fit the scenario: ") + error.what());
  }
  interpose::install();
  memory::Areas areas(areas_of(trace));
  runtime::Program program(scenario.body, settings, areas, nullptr, scenario.announced);
  number_threads(trace, program);
  explore::Execution execution(program, *model, trace.spurious, most_steps);
  const auto found = record::follow(execution, trace);
  Result result;
  result.events = execution.events();
  result.executions.violating = found ? 1 : 0;
  result.executions.complete = found ? 0 : 1;
  result.counterexample = record::trace_of(execution, found);
  require_same(trace, *result.counterexample);
  result.verdict = !found ? Verdict::holds : verdict_for(found->kind);
  result.counterexample->simplest = trace.simplest;
  if (!trace.explanation.empty()) {
    add_explanation(result, [&] {
      return std::make_unique<explore::Execution>(program, *model, trace.spurious, most_steps);
    });
  }
  complete_traces(result, scenario, settings, trace.model, trace.spurious, areas);
  if (at_step) {
    explore::Execution again(program, *model, trace.spurious, most_steps);
    record::step_through(again, trace, at_step);
  }
  return result;
}

}  // namespace heddle
