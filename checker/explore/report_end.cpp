#include "checker/explore/listener.hpp"

namespace heddle::explore {

bool report_end(Execution& execution, Listener& listener) {
  const Execution::Mark mark = execution.mark();
  bool goes_on = true;
  execution.add_failing_accesses(
      [&](const Found& found) { goes_on = goes_on && listener.on_violation(execution, found); });
  if (goes_on) {
    std::optional<Found> found;
    const Ending ending =
        classify(execution, &found, [&] { return goes_on = goes_on && listener.on_tick(); });
    goes_on = goes_on && (!found || listener.on_violation(execution, *found)) &&
              listener.on_execution(execution, ending);
  }
  execution.undo(mark);
  return goes_on;
}

}  // namespace heddle::explore
