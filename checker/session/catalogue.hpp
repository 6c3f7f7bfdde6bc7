// How scenario files make themselves known to the program that they are linked into.
#pragma once

#include <vector>

#include "checker/session/scenario.hpp"

namespace heddle {

/// The scenarios linked into this program, in order of registration.
const std::vector<Scenario>& catalogue();

/// Adds one; returns true so that it can initialise a namespace-scope constant. `source_root` is
/// the directory that the file names in source positions start from, for reports that show source
/// text.
bool add_scenario(Scenario scenario, const char* source_root);

}  // namespace heddle

// Set by heddle_add_scenario(), which makes source positions relative to it.
#ifndef HEDDLE_SOURCE_ROOT
#define HEDDLE_SOURCE_ROOT ""
#endif

/// Registers a scenario: `HEDDLE_SCENARIO(.name = "sb", .summary = "...", .body = rl::run<sb>)`. A
/// program may have several; it runs the one that it is called by (NAMES of heddle_add_scenario()).
#define HEDDLE_SCENARIO(...) HEDDLE_SCENARIO_NUMBER(__COUNTER__, __VA_ARGS__)
#define HEDDLE_SCENARIO_NUMBER(number, ...) HEDDLE_SCENARIO_AS(number, __VA_ARGS__)
#define HEDDLE_SCENARIO_AS(number, ...)                                    \
  [[maybe_unused]] static const bool heddle_scenario_registered_##number = \
      ::heddle::add_scenario(::heddle::Scenario{__VA_ARGS__}, HEDDLE_SOURCE_ROOT)
