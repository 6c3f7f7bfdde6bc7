// Lines of source files, for people who read traces.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heddle::symbols {

/// Where relative file names start from, beside the working directory.
void set_source_root(std::string directory);

/// A file's name relative to that directory, if it is below it.
std::string below_source_root(const std::string& file);

/// Line `line` of `file`, trimmed; empty if it can't be read.
std::string source_text(const std::string& file, std::uint32_t line);

/// All lines of `file`; empty if it can't be read.
const std::vector<std::string>& source_lines(const std::string& file);

}  // namespace heddle::symbols
