// How a program of heddle ends: its exit status, and its only channel for errors.
#pragma once

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

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

/// Whoever read our standard output has ended, as `head` does. Nothing is told: nobody asks any
/// more. Exit status 2, since not all was printed.
class ReaderGone : public UsageError {
 public:
  ReaderGone() : UsageError("nobody reads standard output any more") {}
};

/// Prints "heddle: MESSAGE" on standard error, safe for a terminal.
void print_error(const std::string& message);

/// What `program` returns, or exit_usage after printing what it throws. Nothing leaves it.
int guarded(const std::function<int()>& program);

/// Things to write of which each is wanted whether or not the others can be written.
class Deliveries {
 public:
  /// Calls `write`, and keeps the error that it throws.
  void attempt(const std::function<void()>& write);

  /// Throws the first error, if there was one, after printing the others, each once.
  void finish() const;

 private:
  std::vector<std::exception_ptr> errors_;
};

}  // namespace heddle::cli
