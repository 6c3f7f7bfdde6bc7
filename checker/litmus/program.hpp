// What the scenario of a test needs beside the test, made before any of its code runs.
#pragma once

#include <string>
#include <vector>

#include "checker/litmus/syntax.hpp"

namespace heddle::litmus {

/// A register whose last value the outcome needs.
struct SavedRegister {
  std::size_t thread = 0;  // its place in Test::threads
  std::uint32_t index = 0;
  std::string label;  // "0:r0"
};

struct Program {
  /// `test` must live longer.
  explicit Program(const Test& test);

  const Test& test;
  std::vector<std::string> labels;  // of the threads: "P0"
  std::vector<SavedRegister> saved;
};

/// "0:r0" or "[x]".
std::string location_text(const Location& location);

}  // namespace heddle::litmus
