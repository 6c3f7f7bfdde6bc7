// Running every scenario and comparing with what is expected of it.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/run_options.hpp"

namespace heddle::command {

/// Prints a table (or JSON) of all scenarios. `arguments` are those of every scenario program.
/// Returns the exit status: exit_holds if every scenario gave its expected verdict.
int run_all(const cli::RunOptions& options, std::vector<std::string> arguments);

}  // namespace heddle::command
