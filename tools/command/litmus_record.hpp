// One litmus test run, as the process that ran it tells the one that prints it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "checker/litmus/litmus.hpp"

namespace heddle::command {

/// Reads and runs the test in `file`. Returns an object with
///   file, outcome ("complete", "racy", "incomplete", "broken" or "error"),
///   message (unless complete: a line that says why, with the place),
///   name, quantifier, condition, text (unless error; `text` is what herd7 prints),
///   observation, ok, positive, negative, states (if complete; of racy, observation is "Undef").
/// Throws nothing that a user's file can cause.
nlohmann::ordered_json run_litmus_file(const std::string& file, const litmus::Options& options);

/// A JSON text of it; bytes that are no UTF-8 are replaced.
std::string to_text(const nlohmann::ordered_json& json);

}  // namespace heddle::command
