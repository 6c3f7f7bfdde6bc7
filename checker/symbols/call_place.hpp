// Where a call comes from that may have gone through the system's libraries and headers.
#pragma once

#include <vector>

#include "checker/symbols/code_place.hpp"

namespace heddle::symbols {

/// The place of a call, from the return addresses on the stack, innermost first: the innermost that
/// is not in a header of the system. Functions that were inlined count. `line` is 0 if there is
/// none.
CodePlace place_of_call(const std::vector<const void*>& stack);

}  // namespace heddle::symbols
