// Ways in which a program ends: failed assertions and their like are violations.
#include <cstdlib>
#include <string>

#include "checker/api/control.hpp"
#include "checker/hooks/exported.hpp"

namespace {

using heddle::api::Failure;
using heddle::hooks::explored;
using heddle::runtime::Caller;

/// Ends the thread with a violation at the caller's place. Outside of the exploration, the program.
[[noreturn]] void end(Failure failure, const std::string& message, const Caller& caller) {
  if (explored() != nullptr) {
    heddle::api::fail(failure, message.c_str(), explored()->site_of(caller));
  }
  std::_Exit(4);
}

}  // namespace

HEDDLE_EXPORT [[noreturn]] void __assert_fail(const char* condition, const char* /*file*/,
                                              unsigned /*line*/, const char* /*function*/) {
  end(Failure::assertion, std::string("assertion failed: ") + condition, HEDDLE_CALLER);
}

HEDDLE_EXPORT [[noreturn]] void abort() {
  end(Failure::terminated, "the program calls abort()", HEDDLE_CALLER);
}
