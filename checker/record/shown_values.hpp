// Values as a trace shows them.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "checker/runtime/program.hpp"

namespace heddle::record {

/// Shows the values of one trace, in the order of its steps. Their texts are the same in every run
/// of the same program, wherever the system places it:
/// - what points into the program or a library is shown by the symbol there, also where it is
///   stored as a number, within a larger object, or with marks in bits that addresses do not use;
/// - what points to other memory that the system placed (malloc's, say) is numbered in the order of
///   its first appearance: "address #1".
/// What is computed from such addresses (a hash, a difference) can't be told from other numbers.
class ShownValues {
 public:
  explicit ShownValues(const runtime::Program& program) : program_(program) {}

  /// A value of the Op's object.
  std::string of(const runtime::Node& node, std::uint64_t value);

 private:
  std::string pointer(std::uint64_t value);
  std::string integer(const runtime::Node& node, std::uint64_t value, bool is_signed);
  std::string word(std::uint8_t size, std::uint64_t value);
  std::string object(std::uint64_t value);
  bool is_foreign(std::uint64_t value);
  std::string foreign(std::uint64_t value);

  const runtime::Program& program_;
  bool knows_mappings_ = false;
  std::unordered_map<std::uint64_t, std::size_t> foreign_;  // address -> its number
};

}  // namespace heddle::record
