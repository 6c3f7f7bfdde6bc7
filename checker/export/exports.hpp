// A trace in the formats of other programs. Every function escapes what its format takes for
// syntax, so that names and messages may hold anything.
#pragma once

#include <string>

#include "checker/trace/trace.hpp"

namespace heddle::exports {

/// One page that shows the trace in a browser: it needs no other file and no network.
std::string html(const trace::Trace& trace);

}  // namespace heddle::exports
