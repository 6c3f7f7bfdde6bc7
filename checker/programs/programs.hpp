// The programs of checker/oracle/counts.csv and some with locks, written as a user would write
// them: what the numbers of executions are pinned for, and what is measured.
#pragma once

#include <functional>
#include <string>

namespace heddle::programs {

/// The program `name` of size `size` as the body of a scenario; checker/oracle/README.md describes
/// them. `size` is ignored by programs that have none. Beyond those there are
///
/// - lockinc: threads increment a plain variable under a mutex, size! executions
/// - ticketlock: the same under a ticket lock, size! executions
///
/// Throws std::invalid_argument if there is no such program.
std::function<void()> program(const std::string& name, int size);

}  // namespace heddle::programs
