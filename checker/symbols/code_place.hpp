// Where an instruction comes from: plain accesses have no source position of their own.
#pragma once

#include <cstdint>
#include <string>

namespace heddle::symbols {

struct CodePlace {
  std::string file;  // relative to the source root, if below it
  std::string function;
  std::uint32_t line = 0;  // 0: not known
};

/// The place in the source of the instruction at `code`, by the debug information of the running
/// program and its libraries (read by elfutils' libdw). Of code that has none (compile with -g or
/// -g1), the function's name may still be known.
const CodePlace& place_of(const void* code);

}  // namespace heddle::symbols
