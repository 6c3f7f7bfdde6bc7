// Where two executions of the same scenario part.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::report {

/// Where a thread of two executions parts.
struct Parting {
  std::uint32_t thread = 0;
  std::uint32_t same = 0;  // so many first steps of it are the same: what it does, reads and writes
  std::uint32_t a = 0;  // the first step that is not, numbered as in the trace; 0: it has no more
  std::uint32_t b = 0;

  bool parts() const { return a != 0 || b != 0; }
};

struct Comparison {
  std::uint32_t same_steps = 0;        // so many first steps are the same, and in the same order
  std::vector<Parting> threads;        // of every thread that one of them has
  std::vector<std::string> coherence;  // objects whose common writes are ordered in another way

  /// Whether every thread does and reads the same, and every object's writes are in the same order:
  /// then the two are the same execution, perhaps in another order.
  bool same_execution() const;
};

/// Steps are the same if their threads do the same and come to the same: a read also reads from the
/// same write. Numbers of steps and source texts do not count.
Comparison compare(const trace::Trace& a, const trace::Trace& b);

/// The comparison for a person to read; `a_name` and `b_name` are what the traces are called.
std::string comparison_text(const Comparison& comparison, const trace::Trace& a,
                            const trace::Trace& b, const std::string& a_name,
                            const std::string& b_name);

}  // namespace heddle::report
