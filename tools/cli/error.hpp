// How a program of heddle ends: its exit status, and its only channel for errors.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace heddle::cli {

/// docs/COMMAND-LINE.md says when each is returned.
enum ExitStatus : int {
  exit_holds = 0,
  exit_violated = 1,
  exit_usage = 2,
  exit_incomplete = 3,
  exit_broken = 4,
};

/// Wrong input or a file that can't be read or written: told to the user, exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Prints "heddle: MESSAGE" on standard error, safe for a terminal.
void print_error(const std::string& message);

/// What `program` returns, or exit_usage after printing what it throws. Nothing leaves it.
int guarded(const std::function<int()>& program);

}  // namespace heddle::cli
