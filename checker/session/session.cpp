#include "checker/session/session.hpp"

#include <chrono>
#include <set>
#include <stdexcept>

#include "checker/consistency/model.hpp"
#include "checker/explore/explorer.hpp"
#include "checker/explore/follow.hpp"
#include "checker/explore/random_walk.hpp"
#include "checker/explore/record.hpp"

namespace heddle {
namespace {

using Clock = std::chrono::steady_clock;

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

Verdict verdict_for(ViolationKind kind) {
  if (kind == ViolationKind::step_bound) return Verdict::incomplete;
  return is_broken(kind) ? Verdict::broken : Verdict::violated;
}

/// Throws if a replayed execution is not the recorded one, apart from source text, which may be out
/// of reach.
void require_same(trace::Trace recorded, trace::Trace replayed) {
  for (trace::Trace* each : {&recorded, &replayed}) {
    for (trace::Step& step : each->steps) step.text.clear();
  }
  for (std::size_t i = 0; i < recorded.steps.size(); ++i) {
    if (i < replayed.steps.size() && recorded.steps[i] == replayed.steps[i]) continue;
    throw std::runtime_error("the trace does not fit the scenario: step " + std::to_string(i + 1) +
                             " is not what the scenario does there now");
  }
  if (recorded.steps.size() != replayed.steps.size() || recorded.violation != replayed.violation) {
    throw std::runtime_error(
        "the trace does not fit the scenario: the execution ends in another way than recorded");
  }
}

/// Counts, keeps the first violation, and ends the search at a limit.
class Run final : public explore::Listener {
 public:
  Run(const Options& options, const ProgressHook& progress)
      : options_(options), progress_(progress), start_(Clock::now()) {}

  void watch(const explore::Explorer* explorer) { explorer_ = explorer; }

  bool on_violation(explore::Execution& execution, const explore::Found& found) override {
    if (found.kind == ViolationKind::step_bound) {
      // No bug, but the search is not complete any more; a bug may still come.
      if (!too_long_) too_long_ = explore::record(execution, found);
      // Who looks for an endless spin has found one as good.
      const bool wanted = options_.wanted == ViolationKind::endless_spin;
      return !wanted && (options_.keep_going || options_.wanted);
    }
    const bool wanted = options_.wanted && found.kind == *options_.wanted;
    if (!trace_ || wanted) trace_ = explore::record(execution, found);
    const bool goes_on = options_.keep_going || options_.wanted;
    if (goes_on && !wanted && !is_broken(found.kind)) return true;
    ++counts_.violating;
    return false;
  }

  bool on_execution(explore::Execution& execution, explore::Ending ending) override {
    const std::uint64_t count = counts_.complete + counts_.blocked + counts_.violating;
    if (options_.executions != 0 && count >= options_.executions) {
      return stop("the limit of " + std::to_string(options_.executions) +
                  " executions was reached");
    }
    if (ending == explore::Ending::complete && !repeats(execution)) return false;
    if (ending == explore::Ending::complete) {
      ++counts_.complete;
      if (options_.on_complete) show_final_values(execution);
    }
    if (ending == explore::Ending::blocked) ++counts_.blocked;
    if (ending == explore::Ending::violating) ++counts_.violating;
    return true;
  }

  bool on_tick() override {
    const double seconds = elapsed();
    if (options_.seconds > 0 && seconds >= options_.seconds) {
      return stop(seconds_limit(options_.seconds));
    }
    if (!progress_ || seconds < next_report_) return true;
    next_report_ = seconds + 0.1;
    const double explored = explorer_ == nullptr ? 0 : explorer_->explored();
    if (progress_({counts_, seconds, explored})) return true;
    return stop("interrupted");
  }

  double elapsed() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  Result result(const explore::Execution& execution, bool finished) {
    Result result;
    result.executions = counts_;
    result.events = execution.events();
    result.seconds = elapsed();
    result.reason = reason_;
    if (trace_) {
      const ViolationKind kind = trace_->violation->kind;
      result.verdict = verdict_for(kind);
      result.counterexample = std::move(trace_);
    } else if (too_long_) {
      result.reason = too_long_->violation->message;
      result.counterexample = std::move(too_long_);
    } else if (counts_.violating > 0) {
      throw std::logic_error("a violating execution was counted but never reported");
    } else if (finished && options_.strategy == Strategy::exhaustive) {
      result.verdict = Verdict::holds;
    } else if (finished) {
      result.reason = "random executions prove nothing; none of them violates a property";
    }
    return result;
  }

 private:
  bool stop(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  static std::string seconds_limit(double seconds) {
    std::string text = std::to_string(seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return "the limit of " + text + " seconds was reached";
  }

  void show_final_values(explore::Execution& execution) {
    final_values_.clear();
    const graph::Graph& graph = execution.graph();
    for (graph::LocationId id = 0; id < graph.locations(); ++id) {
      const graph::Location& location = graph.location(id);
      const std::string_view label = execution.program().label(location.slot);
      if (label.empty() || location.coherence.empty()) continue;
      final_values_.push_back({label, graph[location.coherence.back()].value});
    }
    options_.on_complete(final_values_);
  }

  /// Runs the threads of some executions again from their beginnings: of every 2^n-th, or of all.
  bool repeats(explore::Execution& execution) {
    const std::uint64_t number = counts_.complete + 1;
    if (!options_.self_check && (number & (number - 1)) != 0) return true;
    for (explore::ThreadId thread = 0; thread < execution.graph().threads(); ++thread) {
      const graph::EventId last = execution.graph().last(thread);
      if (execution.program().verify(execution.graph()[last].node)) continue;
      trace_ = explore::record(execution, explore::Found{.kind = ViolationKind::nondeterminism,
                                                         .message = execution.program().mismatch(),
                                                         .at = last});
      ++counts_.violating;
      return false;
    }
    return true;
  }

  const Options& options_;
  const ProgressHook& progress_;
  Clock::time_point start_;
  const explore::Explorer* explorer_ = nullptr;
  Counts counts_;
  std::optional<trace::Trace> trace_;     // of the first violation
  std::optional<trace::Trace> too_long_;  // of the first execution beyond the step bound
  std::string reason_;
  std::vector<FinalValue> final_values_;  // spares allocations
  double next_report_ = 0.5;
};

void complete_trace(Result& result, const Scenario& scenario, const Settings& settings,
                    const std::string& model, bool spurious) {
  if (!result.counterexample) return;
  result.counterexample->scenario = scenario.name;
  result.counterexample->settings = settings;
  result.counterexample->model = model;
  result.counterexample->spurious = spurious;
}

std::vector<OrderUse> uses_of(const runtime::Orders& orders, const runtime::Program& program) {
  std::vector<OrderUse> uses;
  for (const auto& [site, objects] : orders.met()) {
    std::set<std::string> names;
    for (const void* object : objects) names.insert(program.object_name(object));
    const runtime::Node node{.op = {.kind = site.kind}};
    uses.push_back({.site = site,
                    .operation = explore::operation_name(node),
                    .objects = {names.begin(), names.end()}});
  }
  return uses;
}

}  // namespace

const std::vector<std::string>& model_names() { return consistency::model_names(); }

bool follows_orders(const std::string& model) { return consistency::follows_orders(model); }

Result check(const Scenario& scenario, const Options& options, const ProgressHook& progress) {
  const Settings settings = complete_settings(scenario, options.settings);
  const auto model = consistency::make_model(options.model);
  if (options.steps < 1 || options.steps > most_steps) {
    throw std::invalid_argument("the step bound must be 1 to " + std::to_string(most_steps) +
                                ", not " + std::to_string(options.steps));
  }
  runtime::Orders orders(options.orders);
  const bool looks_at_orders = options.list_orders || !options.orders.empty();
  runtime::Program program(scenario.body, settings, looks_at_orders ? &orders : nullptr);
  explore::Execution execution(program, *model, options.spurious, options.steps);
  Run run(options, progress);
  bool finished = false;
  if (options.strategy == Strategy::exhaustive) {
    explore::Explorer explorer(execution, run);
    run.watch(&explorer);
    finished = explorer.run();
    run.watch(nullptr);
  } else {
    const std::uint64_t count = options.executions == 0 ? 10'000 : options.executions;
    finished = explore::RandomWalk(execution, run, options.seed).run(count);
  }
  Result result = run.result(execution, finished);
  complete_trace(result, scenario, settings, options.model, options.spurious);
  if (options.list_orders) result.orders = uses_of(orders, program);
  return result;
}

Result replay(const Scenario& scenario, const trace::Trace& trace) {
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
  runtime::Program program(scenario.body, settings);
  explore::Execution execution(program, *model, trace.spurious, most_steps);
  const auto found = explore::follow(execution, trace);
  Result result;
  result.events = execution.events();
  result.executions.violating = found ? 1 : 0;
  result.executions.complete = found ? 0 : 1;
  result.counterexample = explore::record(execution, found);
  require_same(trace, *result.counterexample);
  result.verdict = !found ? Verdict::holds : verdict_for(found->kind);
  complete_trace(result, scenario, settings, trace.model, trace.spurious);
  return result;
}

}  // namespace heddle
