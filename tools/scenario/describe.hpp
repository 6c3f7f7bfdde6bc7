// What a scenario program says about its scenario.
#pragma once

#include <string>

#include "checker/session/scenario.hpp"

namespace heddle::cli {

/// One JSON object, schema heddle.scenario/2: name, summary, parameters, expectations, models.
std::string describe(const Scenario& scenario);

/// The parameters, a line each, for --help; empty if there are none.
std::string parameter_help(const Scenario& scenario);

}  // namespace heddle::cli
