// Other ways to explore the same executions, to compare with.
#pragma once

namespace heddle::explore {

/// What a search leaves out or does in some order, for the sake of speed. Each can be done without;
/// then more is explored, and the verdict and the number of complete executions must be the same.
struct Variant {
  /// Rounds of waits that fail are explored, once each and with all values, as any other code.
  bool explores_failures = false;
  /// The highest-numbered thread goes first, and awaits take their turn like others.
  bool reversed = false;
};

}  // namespace heddle::explore
