// What the begin of a program needs from above: this folder knows no command line.
#pragma once

#include "checker/session/scenario.hpp"

namespace heddle::hooks {

/// Does what the command line of a scenario program says; returns the exit status.
int run_command_line(const Scenario& scenario, int argc, const char* const* argv);

}  // namespace heddle::hooks
