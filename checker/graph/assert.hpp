// What the engine promises itself. On in every build: a wrong answer costs more than the check.
#pragma once

#include <stdexcept>
#include <string>

namespace heddle {

/// An assertion of the engine failed: nothing that it found can be relied on. check() turns it into
/// the verdict broken.
class AssertionError : public std::logic_error {
 public:
  AssertionError(const char* expression, const char* file, int line)
      : std::logic_error(std::string(file) + ":" + std::to_string(line) + ": '" + expression +
                         "' does not hold, which is an error of heddle's: please report it") {}
};

/// Throws AssertionError. Not inline, so that an assertion costs a comparison and a jump.
[[noreturn]] void fail_assertion(const char* expression, const char* file, int line);

}  // namespace heddle

/// Checks a contract between the engine's parts. Not for what a scenario or its user does wrong.
#define HEDDLE_ASSERT(expression)          \
  (static_cast<bool>(expression) ? (void)0 \
                                 : ::heddle::fail_assertion(#expression, __FILE__, __LINE__))
