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

/// Registers a scenario: `HEDDLE_SCENARIO(.name = "sb", .summary = "...", .body = rl::run<sb>)`.
#define HEDDLE_SCENARIO(...)                                      \
  [[maybe_unused]] static const bool heddle_scenario_registered = \
      ::heddle::add_scenario(::heddle::Scenario{__VA_ARGS__}, HEDDLE_SOURCE_ROOT)
