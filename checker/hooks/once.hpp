// Static variables of functions, which threads may come to at the same time.
#pragma once

namespace heddle::hooks {

/// From here on, who initialises one is explored: once in each execution.
void explore_static_variables();

}  // namespace heddle::hooks
