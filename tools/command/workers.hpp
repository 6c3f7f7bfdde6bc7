// Does the same work for many things at once, each in a process of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "tools/command/child.hpp"

namespace heddle::command {

/// Calls `work(i)` for i from 0 to `count` - 1 in forked processes, at most `jobs` at a time, and
/// `done(i, ended)` here, in the order of i. `ended.output` is what `work` returned; ended.signal
/// is set if its process was killed. Stops early if `interrupted()`. Throws UsageError if there are
/// no more processes to be had.
void run_in_processes(std::size_t count, std::size_t jobs,
                      const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, const Ended&)>& done);

}  // namespace heddle::command
