// Finding scenario programs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/command/description.hpp"

namespace heddle::command {

/// Scenario programs by name -> path. Looks into the folders of $HEDDLE_SCENARIOS, then into the
/// usual places beside this program and below the current folder; where a name occurs twice, the
/// first wins. Throws UsageError if $HEDDLE_SCENARIOS names something that is no folder.
std::map<std::string, std::string> find_programs();

/// The path of one. Throws UsageError, with what exists, if there is none.
std::string program_of(const std::string& name);

/// What is said about a program that describe() returns nothing for.
inline constexpr const char* not_described =
    "is no scenario program: it does not answer --describe";

/// What the program says about its scenario, or nothing if it is no scenario program.
std::optional<Description> describe(const std::string& path);

}  // namespace heddle::command
