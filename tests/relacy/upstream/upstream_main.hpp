// main() of a scenario that was compiled against Relacy: 100,000 random iterations for each of its
// expectations. Include it behind the scenario.
#pragma once

#include <iostream>

#include "tests/relacy/upstream/upstream_catalogue.hpp"

/// Prints a row per expectation: what is expected, what Relacy finds, in which iteration.
/// usage: [ITERATIONS [NUMBER OF THE EXPECTATION]]
int main(int argc, char** argv) {
  using heddle::Verdict;
  const heddle::UpstreamScenario& scenario = heddle::only_scenario;
  const std::size_t only = argc > 2 ? std::stoul(argv[2]) : scenario.expectations.size();
  for (const heddle::Expectation& each : scenario.expectations) {
    const auto number = static_cast<std::size_t>(&each - scenario.expectations.data());
    if (argc > 2 && number != only) continue;
    std::string text;
    for (const auto& parameter : scenario.parameters) {
      heddle::api::settings[parameter.name] = parameter.initial;
    }
    for (const auto& [name, value] : each.settings) {
      heddle::api::settings[name] = value;
      text += " " + name + "=" + std::to_string(value);
    }
    rl::ostringstream out;  // one that allocates beside Relacy
    rl::test_params params;
    params.iteration_count = argc > 1 ? std::stoul(argv[1]) : 100'000;
    params.execution_depth_limit = 10'000;
    params.output_stream = &out;
    params.progress_stream = &out;
    scenario.body(params);
    std::cout << "| " << scenario.name << text << " | "
              << (each.models.empty() ? "" : *each.models.begin() + " and others: ")
              << (each.verdict == Verdict::holds ? "holds" : "violated") << " | "
              << rl::test_result_str(params.test_result) << " | " << params.stop_iteration << " |"
              << std::endl;
  }
}
