// Running a replay under gdb.
#pragma once

#include <string>
#include <vector>

namespace heddle::command {

/// Turns this process into gdb, which runs `program` with `arguments` and stops at the first step
/// of the replay. Throws UsageError if there is no gdb, or its commands are not installed beside
/// us.
[[noreturn]] void become_gdb(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace heddle::command
