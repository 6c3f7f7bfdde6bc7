#include "checker/states/path.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace heddle::states {

using explore::Move;
using explore::Turn;
using Kind = explore::Turn::Kind;

namespace {

/// Passes on what it is told, and keeps how the execution ends.
class Witness final : public explore::Listener {
 public:
  explicit Witness(explore::Listener& listener) : listener_(listener) {}

  bool on_violation(explore::Execution& execution, const explore::Found& found) override {
    return listener_.on_violation(execution, found);
  }
  bool on_execution(explore::Execution& execution, explore::Ending ending) override {
    // Nothing more can happen, so it is no part of another execution; unless a library assumes so.
    is_odd_ = ending == explore::Ending::redundant && execution.graph().failed_assumptions() == 0;
    return is_odd_ || listener_.on_execution(execution, ending);
  }
  bool on_tick() override { return listener_.on_tick(); }

  bool is_odd() const { return is_odd_; }

 private:
  explore::Listener& listener_;
  bool is_odd_ = false;
};

/// What a thread did since it last changed memory: where it stood, and which step that was.
using Idle = std::vector<std::pair<NodeId, std::size_t>>;

void drop_round(Idle& idle, NodeId at, std::vector<bool>& dropped) {
  const auto begin =
      std::find_if(idle.begin(), idle.end(), [at](const auto& each) { return each.first == at; });
  for (auto each = begin; each != idle.end(); ++each) dropped[each->second] = true;
  idle.erase(begin, idle.end());
}

}  // namespace

std::vector<Step> without_idle_rounds(const std::vector<Step>& steps,
                                      const std::vector<NodeId>& ends) {
  std::vector<bool> dropped(steps.size(), false);
  std::map<ThreadId, Idle> idle;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Idle& mine = idle[steps[i].thread];
    drop_round(mine, steps[i].node, dropped);
    mine.emplace_back(steps[i].node, i);
    if (steps[i].has_effect) mine.clear();
  }
  for (ThreadId thread = 0; thread < ends.size(); ++thread) {
    drop_round(idle[thread], ends[thread], dropped);
  }
  std::vector<Step> left;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!dropped[i]) left.push_back(steps[i]);
  }
  return left;
}

Path::End Path::tell_violation(const std::vector<Step>& steps) {
  if (run(steps) && !found_) end_failed_threads();
  if (!found_) {
    execution_.add_failing_accesses([this](const explore::Found& found) {
      if (!found_) found_ = found;
    });
  }
  const End end = found_ ? tell() : End::nothing;
  execution_.undo(empty_);
  return end;
}

Path::End Path::tell_ending(const std::vector<Step>& steps) {
  End end = End::nothing;
  if (run(steps) && !found_) {
    for (Turn turn = execution_.next(); turn.kind != Kind::none && !found_;
         turn = execution_.next()) {
      if (!take(turn, 0)) break;
    }
    Witness witness(listener_);
    if (!found_) end = report_end(execution_, witness) ? End::told : End::stopped;
    if (witness.is_odd()) end = End::nothing;
  }
  if (found_) end = tell();
  execution_.undo(empty_);
  return end;
}

Path::End Path::tell() {
  if (!listener_.on_violation(execution_, *found_)) return End::stopped;
  return listener_.on_execution(execution_, explore::Ending::violating) ? End::told : End::stopped;
}

/// Returns false if the execution does not go the way of the steps.
bool Path::run(const std::vector<Step>& steps) {
  found_.reset();
  for (const Step& step : steps) {
    if (step.thread >= execution_.graph().threads() || execution_.ended(step.thread)) return false;
    const Turn turn = execution_.turn_of(step.thread);
    // A wait that fails is no event: the thread is still there.
    if (turn.kind != Kind::none && !take(turn, step.alternative)) return false;
    if (found_) break;
    end_threads();
  }
  return true;
}

/// The end of a thread is an event, and no step: nothing is asked for.
void Path::end_threads() {
  for (ThreadId thread = 0; thread < execution_.graph().threads(); ++thread) {
    if (execution_.ended(thread)) continue;
    const NodeId at = execution_.state_of(thread);
    const runtime::End end = execution_.program()[at].end;
    if (end == runtime::End::finished || end == runtime::End::assume_failed) {
      take({Kind::single, thread, at}, 0);
    }
  }
}

/// A thread that ended because it found something wrong says so in its next event.
void Path::end_failed_threads() {
  for (ThreadId thread = 0; thread < execution_.graph().threads() && !found_; ++thread) {
    if (execution_.ended(thread)) continue;
    const Turn turn = execution_.turn_of(thread);
    if (turn.kind == Kind::none) continue;
    if (execution_.program()[turn.node].end == runtime::End::violated) take(turn, 0);
  }
}

/// Whether a move is what one memory does: it reads the newest write. Of places in the coherence
/// order the last one comes first.
bool Path::is_wanted(const Turn& turn, const Move& move, Alternative alternative) const {
  if (turn.kind == Kind::choice) return move.position == alternative;
  if (turn.kind != Kind::read || move.kind == Move::Kind::violation) return true;
  if (move.kind == Move::Kind::conflict) return false;
  const graph::Graph& graph = execution_.graph();
  const auto location = graph.location_at(execution_.program()[turn.node].slot);
  const bool fails = move.kind == Move::Kind::spurious;
  return move.event == graph.location(location).coherence.back() &&
         fails == (alternative == fails_spuriously);
}

/// Adds the thread's next event, or two of a read-modify-write, as one memory would have it.
bool Path::take(const Turn& turn, Alternative alternative) {
  moves_.clear();
  execution_.moves(turn, moves_);
  const auto wanted = std::find_if(moves_.begin(), moves_.end(), [&](const Move& move) {
    return is_wanted(turn, move, alternative);
  });
  if (wanted == moves_.end()) return false;
  const explore::Applied applied = execution_.apply(*wanted);
  if (!applied.admitted) return false;
  found_ = applied.found;
  const graph::Event& event = execution_.graph()[execution_.graph().order().back()];
  const bool writes_back = !found_ && event.kind == graph::EventKind::read && event.rmw;
  return !writes_back || take({Kind::write, turn.thread, turn.node}, 0);
}

}  // namespace heddle::states
