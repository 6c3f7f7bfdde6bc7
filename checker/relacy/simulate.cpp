#include "checker/relacy/simulate.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "checker/relacy/history.hpp"
#include "checker/report/report.hpp"
#include "checker/session/session.hpp"

namespace rl {
namespace {

using heddle::Options;
using heddle::Result;
using heddle::Scenario;
using heddle::Verdict;

constexpr iteration_t patience = 1000;  // executions per iteration asked for
constexpr unsigned most_steps = 60'000;
constexpr unsigned events_per_switch = 4;  // Relacy counts scheduling points, we count all events

/// Relacy's state of a random search is the number of the iteration to begin with, so an
/// initial_state that is nothing but a number chooses where random ones begin.
std::optional<std::uint64_t> seed_in(const string& state) {
  std::istringstream stream(state);
  std::uint64_t number = 0;
  if (!(stream >> number) || !(stream >> std::ws).eof()) return std::nullopt;
  return number;
}

unsigned depth_limit(const test_params& params) {
  return std::clamp(params.execution_depth_limit, 1u, most_steps / events_per_switch);
}

Options options_for(const test_params& params, test_result_e expected) {
  Options options;
  options.model = params.model;
  options.spurious = params.spurious;
  options.steps = depth_limit(params) * events_per_switch;
  options.wanted = violation_of(expected);
  options.seed = seed_in(params.initial_state).value_or(options.seed);
  return options;
}

/// Says how far the search is, from time to time.
heddle::ProgressHook progress_on(const test_params& params) {
  double next = params.progress_output_period;
  return [&params, next](const heddle::Progress& progress) mutable {
    if (params.progress_stream != nullptr && progress.seconds >= next) {
      next = progress.seconds + params.progress_output_period;
      *params.progress_stream << static_cast<int>(progress.explored * 100) << "% ("
                              << progress.executions.complete << ")" << std::endl;
    }
    return true;
  };
}

iteration_t executions_of(const Result& result) { return result.executions.sum(); }

/// How many steps of the execution would count for Relacy's execution_depth_limit: those at which
/// it might switch threads.
std::size_t scheduling_points(const heddle::trace::Trace& execution) {
  constexpr std::string_view others[] = {"construct", "destroy", "read",  "write", "access",
                                         "allocate",  "release", "fence", "note",  "choose"};
  return static_cast<std::size_t>(std::ranges::count_if(execution.steps, [&](const auto& step) {
    return std::ranges::find(others, step.operation) == std::end(others);
  }));
}

/// Whether the search ended at an execution that is too long for us, not for Relacy.
bool is_cut_short(const Result& result, unsigned limit) {
  return result.counterexample && result.counterexample->violation &&
         result.counterexample->violation->kind == heddle::ViolationKind::step_bound &&
         scheduling_points(*result.counterexample) < limit;
}

/// As heddle::check(), with more events per execution if the usual number is too few.
Result check(const Scenario& scenario, Options options, const test_params& params) {
  Result result = heddle::check(scenario, options, progress_on(params));
  if (!is_cut_short(result, depth_limit(params))) return result;
  options.steps = most_steps;
  return heddle::check(scenario, options, progress_on(params));
}

Result explore(const Scenario& scenario, Options options, test_params& params) {
  const bool random = params.search_type == sched_random;
  if (random || params.search_type == sched_auto) {
    options.executions = std::max<iteration_t>(params.iteration_count, 1) * (random ? 1 : patience);
  }
  if (random) options.strategy = "random";
  Result result = check(scenario, options, params);
  params.stop_iteration = executions_of(result);
  const bool stopped = result.verdict == Verdict::incomplete && !result.counterexample;
  if (random || !stopped) return result;
  options.strategy = "random";
  options.executions = params.iteration_count;
  result = check(scenario, options, params);
  params.stop_iteration += executions_of(result);
  return result;
}

Result repeat(const Scenario& scenario, test_params& params) {
  params.stop_iteration = 1;
  try {
    return heddle::replay(scenario, heddle::trace::from_json(params.initial_state));
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("initial_state is no final_state of this test: ") +
                             error.what());
  }
}

bool is_repeated(const test_params& params) {
  return !params.initial_state.empty() && !seed_in(params.initial_state);
}

/// The parameters are wrong: no test is run.
bool refuse(const char* message, test_params& params) {
  params.test_result = test_result_inconsistent_test_suite;
  params.message = message;
  if (params.output_stream != nullptr) {
    *params.output_stream << test_result_str(params.test_result) << " (" << message << ")\n";
  }
  return false;
}

test_result_e ending_of(const Result& result, unsigned limit) {
  if (!result.counterexample || !result.counterexample->violation) return test_result_success;
  const heddle::trace::Violation& violation = *result.counterexample->violation;
  const test_result_e found = result_of(violation.kind);
  // For Relacy, an execution that does not end within its limit is a livelock.
  if (found == test_result_execution_too_long && !is_cut_short(result, limit)) {
    return test_result_livelock;
  }
  if (found != test_result_user_assert_failed && found != test_result_user_invariant_failed) {
    return found;
  }
  return result_in(violation.message).value_or(found);
}

void tell(const Result& result, const test_params& params) {
  if (params.output_stream == nullptr) return;
  std::ostream& out = *params.output_stream;
  if (params.test_result == test_result_success) {
    out << "iterations: " << params.stop_iteration << '\n';
    out << "total time: " << static_cast<long>(result.seconds * 1000) << '\n';
    out << (params.exhaustive ? "exhaustive: every execution was explored"
                              : "not exhaustive: there may be more executions");
    for (const std::string& bound : result.bounds) out << ", with " << bound;
    out << '\n';
  } else {
    out << test_result_str(params.test_result) << " (" << params.message << ")\n";
    out << "iteration: " << params.stop_iteration << "\n\n";
    heddle::report::Style style;
    style.all_steps = params.output_history;
    out << heddle::report::text(*result.counterexample, style);
  }
  out << std::endl;
}

}  // namespace

test_params::test_params() : output_stream(&std::cout), progress_stream(&std::cout) {}

const char* format(scheduler_type_e type) {
  switch (type) {
    case sched_random:
      return "random scheduler";
    case sched_bound:
      return "context bound scheduler";
    case sched_full:
      return "full search scheduler";
    case sched_auto:
      return "exhaustive search";
  }
  return "unknown scheduler";
}

bool detail::simulate(const Test& test, test_params& params) {
  params.test_name = test.name;
  params.exhaustive = false;
  params.final_state.clear();
  params.message.clear();
  if (params.output_stream != nullptr) *params.output_stream << test.name << std::endl;
  const Scenario scenario{.name = test.name, .body = test.body};
  Result result;
  try {
    result = is_repeated(params) ? repeat(scenario, params)
                                 : explore(scenario, options_for(params, test.expected), params);
  } catch (const std::exception& error) {
    return refuse(error.what(), params);
  }
  params.test_result = ending_of(result, depth_limit(params));
  params.exhaustive = result.verdict == Verdict::holds && !is_repeated(params);
  if (params.test_result != test_result_success) {
    params.message = result.counterexample->violation->message;
    params.final_state = heddle::trace::to_json(*result.counterexample);
  }
  tell(result, params);
  return params.test_result == test.expected;
}

}  // namespace rl
