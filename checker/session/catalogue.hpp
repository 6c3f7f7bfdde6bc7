// How scenario files make themselves known to the program that they are linked into.
#pragma once

#include <vector>

#include "checker/session/scenario.hpp"

namespace heddle {

/// The scenarios linked into this program, in order of registration.
const std::vector<Scenario>& catalogue();

/// Adds one; returns true so that it can initialise a namespace-scope constant.
bool add_scenario(Scenario scenario);

}  // namespace heddle

/// Registers a scenario: `HEDDLE_SCENARIO(.name = "sb", .summary = "...", .body = rl::run<sb>)`.
#define HEDDLE_SCENARIO(...)                                        \
  [[maybe_unused]] static const bool heddle_scenario_registered =   \
      ::heddle::add_scenario(::heddle::Scenario{__VA_ARGS__})
