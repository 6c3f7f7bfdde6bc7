// Exhaustive search over states: for models in which the future depends on the state alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/explore/strategy.hpp"
#include "checker/states/machine.hpp"
#include "checker/states/path.hpp"
#include "checker/states/seen.hpp"

namespace heddle::states {

struct Limits {
  bool spurious = false;     // weak operations also fail for no reason
  std::uint32_t steps = 0;   // at most so many on one way from the first state
  std::uint64_t memory = 0;  // at most so many bytes for the states that were met; 0: no limit
};

/// Visits every state of a scenario under sequential consistency once, depth first, and finds the
/// components in which threads can stay for ever (Tarjan 1972). Executions are made of what is to
/// be told: of violations, and of the ends of executions, one for each last state.
class StateSearch final : public explore::Strategy {
 public:
  /// `execution` is empty, and its model is sc.
  StateSearch(explore::Execution& execution, explore::Listener& listener, const Limits& limits);

  bool run() override;
  /// Nobody knows how many states there are.
  double explored() const override { return 0; }
  std::uint64_t lost() const override { return lost_; }
  std::string refusal() const override { return refusal_; }
  std::uint64_t states() const override { return seen_.size(); }
  std::uint64_t events() const override { return path_.events(); }

 private:
  /// A state on the way to the present one.
  struct Frame {
    Machine::Mark mark = 0;   // before the step to it
    std::size_t steps = 0;    // before that
    std::uint32_t index = 0;  // place in `open_`, from 1
    std::uint32_t low = 0;    // the lowest one that its successors lead back to
    ThreadId thread = 0;      // what is tried next
    std::uint32_t number = 0;
    ThreadId only = 0;  // the thread that need be tried alone, if `is_private`
    bool is_private = false;
    bool leads_back = false;  // to a state that is still open
    bool leaves = false;      // to one of another component
  };

  bool search();
  bool tick();
  bool begin();
  bool refuse(const std::string& why);
  bool has_room();
  bool next_step(Frame& frame, ThreadId* thread, Alternative* alternative) const;
  bool advance();
  bool follow(const Frame& came);
  bool tell_violation();
  bool close();
  void go_round(ThreadId thread);
  bool tell_ending();

  static constexpr std::uint32_t closed = 0xffff'ffff;
  static constexpr std::uint64_t most_told = 1000;  // violations; further ones are only counted

  explore::Listener& listener_;
  Limits limits_;
  std::string refusal_;
  Locals locals_;
  Machine machine_;
  Path path_;
  Seen seen_;
  std::vector<Frame> frames_;
  std::vector<Fingerprint> open_;  // states whose component is not known yet
  std::vector<Step> steps_;        // from the first state to the present one
  std::uint64_t ticks_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t told_ = 0;  // violations
};

}  // namespace heddle::states
