// Where something stands in a litmus file, and the error that says so.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace heddle::litmus {

/// A place in a text; both numbers count from 1, columns in bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  bool operator==(const Position&) const = default;
};

/// A litmus file that can't be read, with the place in it. what() is "LINE:COLUMN: sentence".
class Error : public std::runtime_error {
 public:
  Error(Position place, const std::string& sentence)
      : std::runtime_error(std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                           sentence) {}
};

}  // namespace heddle::litmus
