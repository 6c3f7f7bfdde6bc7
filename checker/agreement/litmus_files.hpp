// The litmus tests that the project keeps.
#pragma once

#include <string>
#include <vector>

#include "checker/litmus/litmus.hpp"

namespace heddle::agreement {

/// Path of the folder below tests/litmus.
std::string litmus_folder(const std::string& folder);

/// Names of the files in it that end in ".litmus", sorted. Throws std::filesystem::filesystem_error
/// if there is no such folder.
std::vector<std::string> litmus_files(const std::string& folder);

/// Throws litmus::Error as litmus::parse does, std::runtime_error if the file can't be read.
litmus::Test read_litmus(const std::string& folder, const std::string& file);

}  // namespace heddle::agreement
