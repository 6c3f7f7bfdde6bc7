// What comes before what in a trace.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::explain {

/// Which steps are (po + rf)-before which. Numbers of steps count from 1.
class Before {
 public:
  explicit Before(const trace::Trace& trace);

  /// Whether step `a` is before step `b`, or the same.
  bool is_before(std::uint32_t a, std::uint32_t b) const {
    return clocks_[b - 1][trace_.steps[a - 1].thread] >= a;
  }
  /// The step before `number` in its thread; of a thread's first one: that which started the
  /// thread. 0 if there is none.
  std::uint32_t previous(std::uint32_t number) const { return previous_[number - 1]; }

 private:
  const trace::Trace& trace_;
  std::vector<std::vector<std::uint32_t>> clocks_;  // per step and thread: the last step before it
  std::vector<std::uint32_t> previous_;
};

}  // namespace heddle::explain
