// What is done once in the program, whichever thread comes first.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

using heddle::interpose::real_or_refuse;

constexpr heddle::interpose::Family once{.used_by = "std::call_once, std::promise and std::future",
                                         .remedy = "use rl::call_once" HEDDLE_OR_STANDARD_NAMES};

}  // namespace

// The C++ runtime initialises its own tables so (of locales, say, and of what exceptions need).
// That may come at any time, and no thread of a scenario can tell.
HEDDLE_INTERPOSE(pthread_once) {
  const void* caller = __builtin_return_address(0);
  if (heddle::interpose::in_library_of("__cxa_throw", caller) ||
      heddle::interpose::in_library_of("_Unwind_RaiseException", caller)) {
    return heddle::interpose::find_real("pthread_once")(a, b, c, d, e, f, g, h);
  }
  return real_or_refuse("pthread_once", once)(a, b, c, d, e, f, g, h);
}

HEDDLE_REFUSE(call_once, once)

namespace heddle::interpose {

void refuse_once() {}

}  // namespace heddle::interpose
