#include "checker/relacy/simulate.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "checker/report/report.hpp"
#include "checker/session/session.hpp"

namespace rl {
namespace {

using heddle::Options;
using heddle::Result;
using heddle::Scenario;
using heddle::Strategy;
using heddle::Verdict;

constexpr iteration_t patience = 1000;  // executions per iteration asked for
constexpr unsigned most_steps = 60'000;
constexpr unsigned events_per_switch = 4;  // Relacy counts scheduling points, we count all events

Options options_for(const test_params& params, test_result_e expected) {
  Options options;
  options.model = params.model;
  options.spurious = params.spurious;
  options.steps = std::clamp(params.execution_depth_limit, 1u, most_steps / events_per_switch) *
                  events_per_switch;
  options.wanted = violation_of(expected);
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

iteration_t executions_of(const Result& result) {
  return result.executions.complete + result.executions.blocked + result.executions.violating;
}

Result explore(const Scenario& scenario, Options options, test_params& params) {
  const bool random = params.search_type == sched_random;
  if (random || params.search_type == sched_auto) {
    options.executions = std::max<iteration_t>(params.iteration_count, 1) * (random ? 1 : patience);
  }
  if (random) options.strategy = Strategy::random;
  Result result = heddle::check(scenario, options, progress_on(params));
  params.stop_iteration = executions_of(result);
  const bool stopped = result.verdict == Verdict::incomplete && !result.counterexample;
  if (random || !stopped) return result;
  options.strategy = Strategy::random;
  options.executions = params.iteration_count;
  result = heddle::check(scenario, options, progress_on(params));
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

/// The parameters are wrong: no test is run.
bool refuse(const char* message, test_params& params) {
  params.test_result = test_result_inconsistent_test_suite;
  params.message = message;
  if (params.output_stream != nullptr) {
    *params.output_stream << test_result_str(params.test_result) << " (" << message << ")\n";
  }
  return false;
}

test_result_e ending_of(const Result& result) {
  if (!result.counterexample || !result.counterexample->violation) return test_result_success;
  const test_result_e found = result_of(result.counterexample->violation->kind);
  // For Relacy, an execution that does not end within its limit is a livelock.
  return found == test_result_execution_too_long ? test_result_livelock : found;
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
    if (params.initial_state.empty()) {
      result = explore(scenario, options_for(params, test.expected), params);
    } else {
      result = repeat(scenario, params);
    }
  } catch (const std::exception& error) {
    return refuse(error.what(), params);
  }
  params.test_result = ending_of(result);
  params.exhaustive = result.verdict == Verdict::holds && params.initial_state.empty();
  if (params.test_result != test_result_success) {
    params.message = result.counterexample->violation->message;
    params.final_state = heddle::trace::to_json(*result.counterexample);
  }
  tell(result, params);
  return params.test_result == test.expected;
}

}  // namespace rl
