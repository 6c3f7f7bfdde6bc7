// Lines of source files, for people who read traces.
#pragma once

#include <cstdint>
#include <string>

namespace heddle::explore {

/// Line `line` of `file`, trimmed; empty if it can't be read. A relative name is looked up from the
/// working directory and from where the checker was built.
std::string source_text(const std::string& file, std::uint32_t line);

}  // namespace heddle::explore
