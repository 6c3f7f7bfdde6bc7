// How the result of a run is told.
#pragma once

#include <optional>
#include <string>

#include "tools/cli/files.hpp"
#include "tools/scenario/outcome.hpp"

namespace heddle::cli {

/// "sb (model rc11, n = 2)": what was run, under what the user calls `models`.
std::string described(const Outcome& outcome, const std::string& models);

/// "0.004 s, 2500 executions per second"
std::string time_of(const Result& result);

/// Counterexample and verdict on standard output, times on standard error: what is on standard
/// output is the same for every run with the same options. The trace goes to `file`, if there is
/// one and a counterexample. Throws UsageError, after the verdict is told, if something can't be
/// written.
void tell_text(const Outcome& outcome, const std::optional<OutputFile>& file, bool quiet);

/// Writes the counterexample, if there is one, and says so unless `quiet`. Throws UsageError if it
/// can't be written.
void write_counterexample(const Outcome& outcome, const OutputFile& file, bool quiet);

/// The outcome as one JSON object, schema heddle.result/1. Writes the counterexample to `file`, if
/// that is not null; why that failed is added to `error`.
std::string result_json(const Outcome& outcome, const OutputFile* file, std::string* error);

/// One JSON object, schema heddle.result/1, on standard output.
void tell_json(const Outcome& outcome, const std::optional<OutputFile>& file);

}  // namespace heddle::cli
