// A path of the search over states, as an execution of the graph engine.
#pragma once

#include <optional>
#include <vector>

#include "checker/explore/listener.hpp"
#include "checker/states/machine.hpp"

namespace heddle::states {

/// The steps without those that came to nothing: rounds after which a thread was where it was
/// before, and memory as well. With `ends`, where each thread stands behind the path, also rounds
/// at the end.
std::vector<Step> without_idle_rounds(const std::vector<Step>& steps,
                                      const std::vector<NodeId>& ends);

/// Turns paths into executions: that is what is reported, explained, and replayed. Each step reads
/// the newest write and writes last in the coherence order, as one memory does.
class Path {
 public:
  Path(explore::Execution& execution, explore::Listener& listener)
      : execution_(execution), listener_(listener), empty_(execution.mark()) {}

  enum class End : std::uint8_t {
    told,     // the listener was told, and wants more
    stopped,  // it was told, and ends the search
    nothing,  // there was nothing to tell
  };

  /// Runs the steps and tells of what is wrong in them; of what is wrong behind them only where a
  /// thread has found so itself.
  End tell_violation(const std::vector<Step>& steps);
  /// Counts a violation that nobody will look at. Returns whether the search goes on.
  bool count_violation() { return listener_.on_execution(execution_, explore::Ending::violating); }
  /// How many events were added, over all executions that were made.
  std::uint64_t events() const { return execution_.events(); }
  /// Runs the steps and goes on until no thread can: tells how the execution ends.
  End tell_ending(const std::vector<Step>& steps);

 private:
  bool run(const std::vector<Step>& steps);
  bool is_wanted(const explore::Turn& turn, const explore::Move& move,
                 Alternative alternative) const;
  bool take(const explore::Turn& turn, Alternative alternative);
  void end_threads();
  void end_failed_threads();
  End tell();

  explore::Execution& execution_;
  explore::Listener& listener_;
  explore::Execution::Mark empty_;
  std::optional<explore::Found> found_;
  std::vector<explore::Move> moves_;
};

}  // namespace heddle::states
