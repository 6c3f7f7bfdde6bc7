// The lines of a litmus file that are about the test, not part of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "checker/litmus/position.hpp"

namespace heddle::litmus {

/// The first line of a file, and the lines up to the initial state.
struct Header {
  std::string name;     // of the test
  std::size_t end = 0;  // offset of the '{' that begins the initial state
  Position at;          // its place
};

/// Reads "C NAME", then skips comments, a text in quotation marks and lines "KEY=VALUE" such as
/// diy7 writes. Throws Error where anything else stands.
Header read_header(std::string_view text);

}  // namespace heddle::litmus
