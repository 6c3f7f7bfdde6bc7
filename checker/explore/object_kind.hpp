// What kind of object an Op takes its object for.
#pragma once

#include <string>

#include "checker/runtime/behaviour.hpp"

namespace heddle::explore {

/// Whether `access`, an access or the end of a life, takes the object for what `construction` made
/// there: an atomic, a plain variable or a mutex, with a value of the same size. An object is
/// accessed as a whole and in one way.
bool fits(const runtime::Node& access, const runtime::Node& construction);

/// "an atomic of 4 bytes", "a plain variable of 8 bytes", "a mutex": what the Op takes its object
/// for.
std::string object_kind(const runtime::Node& node);

}  // namespace heddle::explore
