// Litmus tests in the oracle's language.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/litmus/litmus.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// A litmus test as a program of the oracle, and where it has what the test's final states show.
class OracleForm {
 public:
  /// Where a value of a litmus state stands in a state of the oracle.
  struct Place {
    std::size_t row = 0;  // the register's thread, or the last row for objects
    int index = -1;       // -1: the register is never set
    std::int32_t initial = 0;
  };

  /// Nothing if the test has more than atomic operations and fences, plain accesses and registers
  /// that are set once by one of these, with constants and registers as operands.
  static std::optional<OracleForm> of(const litmus::Test& test);

  const oracle::Program& program() const { return program_; }

  /// The values that the litmus test's final states show, as in litmus::State.
  std::vector<std::int32_t> shown(const oracle::FinalState& state) const;

 private:
  oracle::Program program_;
  std::vector<Place> places_;
};

}  // namespace heddle::agreement
