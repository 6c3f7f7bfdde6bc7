// In place of ours, where a scenario is compiled against Relacy: the one scenario of the program.
#pragma once

#include "checker/session/scenario.hpp"
#include "tests/relacy/upstream/upstream_api.hpp"

namespace heddle {

struct UpstreamScenario {
  std::string name = {};
  std::string summary = {};
  std::vector<Parameter> parameters = {};
  std::vector<Expectation> expectations = {};
  bool (*body)(rl::test_params&) = nullptr;
};

inline UpstreamScenario only_scenario;

}  // namespace heddle

#define HEDDLE_SCENARIO(...)                     \
  static const bool heddle_upstream_registered = \
      (::heddle::only_scenario = ::heddle::UpstreamScenario{__VA_ARGS__}, true)
