// The command line of a scenario program.
#pragma once

#include <vector>

#include "checker/session/scenario.hpp"

namespace heddle::cli {

/// Runs the program whose only scenario is in `scenarios`. Returns the exit status; throws nothing.
int scenario_main(const std::vector<Scenario>& scenarios, int argc, const char* const* argv);

}  // namespace heddle::cli
