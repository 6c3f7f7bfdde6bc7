// Reads the program's debug information (elfutils' libdw).
#pragma once

#include <elfutils/libdwfl.h>

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

/// What is loaded into this process. Libraries that come later are not known.
class DebugInfo {
 public:
  DebugInfo();
  ~DebugInfo();
  DebugInfo(const DebugInfo&) = delete;
  DebugInfo& operator=(const DebugInfo&) = delete;

  /// Where the code at an address is: innermost first, and then where that was inlined.
  std::vector<SourcePlace> places_of(const void* code) const;
  /// The object at an address: "queue", "(anonymous namespace)::count"; with its offset in it.
  /// Empty if there is none.
  std::string object_at(const void* address, std::uint64_t& offset) const;

 private:
  Dwfl* dwfl_;
};

}  // namespace heddle::hooks
