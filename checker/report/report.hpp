// A trace for a person to read. Sees nothing but the trace, so that it works on a saved one as
// well.
#pragma once

#include <cstddef>
#include <string>

#include "checker/trace/trace.hpp"

namespace heddle::report {

struct Style {
  std::size_t width = 120;  // columns of the terminal; lines are laid out to fit where they can
  bool colours = false;     // ANSI colours
  bool all_steps = false;   // also those that a long report leaves out
};

/// The execution as text: what went wrong, then a line per step with a column per thread. Threads
/// that do not fit side by side are written below each other, with labels. Equal traces give equal
/// text.
std::string text(const trace::Trace& trace, const Style& style);

}  // namespace heddle::report
