// What is told about a scenario program that ended without a verdict.
#pragma once

#include <string>

#include "tools/cli/run_options.hpp"

namespace heddle::command {

/// Says that the program of `scenario` ended as `how` says (see without_verdict()): on standard
/// error, and, where `options` ask for them, as JSON on standard output and as JUnit's XML, so that
/// nobody takes the lack of a result for a good one. Throws UsageError if something can't be
/// written.
void tell_without_verdict(const std::string& scenario, const std::string& how,
                          const cli::RunOptions& options);

}  // namespace heddle::command
