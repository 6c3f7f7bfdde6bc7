// A process that explores the parts of a search that it is told to.
#pragma once

#include <sys/types.h>

#include <atomic>

#include "checker/explore/execution.hpp"

namespace heddle::jobs {

/// How workers work.
struct Ways {
  double slice = 0.1;       // seconds between two reports; 0: one at each branch
  bool counts_all = false;  // the search goes on behind violations
  /// For tests: called before each slice.
  void (*before_slice)() = nullptr;
};

/// Memory that a manager and its workers share: how many workers wait for something to do. Who
/// gives a part of its own takes one off.
using Idle = std::atomic<int>;

/// What a process does that was just forked: answers orders with reports, until `manager` closes
/// the socket or ends. `execution` is empty; what its program knows of the threads serves on.
[[noreturn]] void work(int socket, pid_t manager, Idle& idle, explore::Execution& execution,
                       const Ways& ways);

}  // namespace heddle::jobs
