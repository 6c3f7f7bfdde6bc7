// What the text report says of a trace, for outputs that lay it out in another way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::exports {

struct Outline {
  std::uint32_t setup = 0;          // so many steps at the start only prepare
  std::string setup_text;           // these steps in one line; empty if there are none
  std::vector<std::string> texts;   // each step in words
  std::vector<std::string> labels;  // what each thread is called
  std::vector<bool> minor;          // steps behind the setup that a long report leaves out

  /// Whether outputs that show only the main steps show this one. Numbers count from 1.
  bool shows(std::uint32_t number) const { return number > setup && !minor[number - 1]; }
};

/// All texts are safe to print (report::safe).
Outline outline(const trace::Trace& trace);

}  // namespace heddle::exports
