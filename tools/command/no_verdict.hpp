// What is told about a scenario program that ended without a verdict.
#pragma once

#include <string>

#include "tools/cli/run_options.hpp"
#include "tools/command/child.hpp"

namespace heddle::command {

/// Says how the program of `scenario` ended: on standard error, and, where `options` ask for them,
/// as JSON on standard output and as JUnit's XML, so that nobody takes the lack of a result for a
/// good one. Returns the exit status: incomplete if the user ended it, else broken. Throws
/// UsageError if something can't be written.
int tell_without_verdict(const std::string& scenario, const Ended& ended,
                         const cli::RunOptions& options);

}  // namespace heddle::command
