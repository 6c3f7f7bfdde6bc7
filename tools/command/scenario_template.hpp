// The text that `heddle new` starts a scenario with.
#pragma once

#include <string>

namespace heddle::command {

/// A scenario that compiles and holds, with comments that say what to change.
std::string scenario_template(const std::string& name);

}  // namespace heddle::command
