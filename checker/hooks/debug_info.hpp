// Where code of the program is in the source, calls that were inlined included.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heddle::hooks {

/// A line of source, and the function that it is in.
struct SourcePlace {
  std::string file;
  std::string function;
  std::uint32_t line = 0;
};

/// Where the code at an address is: innermost first, and then where that was inlined. What is not
/// known is empty.
std::vector<SourcePlace> places_of(const void* code);

}  // namespace heddle::hooks
