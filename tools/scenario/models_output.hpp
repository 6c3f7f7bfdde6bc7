// How the results of one scenario under all models are told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/scenario/result_output.hpp"

namespace heddle::cli {

/// The verdict of all runs together: broken if one is, else violated if one is, else incomplete if
/// one is, else holds.
Verdict overall(const std::vector<Outcome>& outcomes);

/// Under which models the property holds, under which not, and what it takes to violate it under
/// the strongest of those: one or two sentences. `outcomes` has every model once, strongest first.
std::string model_sentence(const std::vector<Outcome>& outcomes);

/// The counterexample of the strongest model that has one, a table and model_sentence() on standard
/// output, times on standard error. The counterexample goes to `file`, if there is one. Throws
/// UsageError if something can't be written.
void tell_models_text(const std::vector<Outcome>& outcomes, const std::optional<OutputFile>& file,
                      bool quiet);

/// One JSON object, schema heddle.models/1, on standard output.
void tell_models_json(const std::vector<Outcome>& outcomes, const std::optional<OutputFile>& file);

}  // namespace heddle::cli
