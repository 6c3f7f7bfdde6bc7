#include "checker/session/run.hpp"

#include <string>
#include <tuple>
#include <utility>

#include "checker/record/record.hpp"

namespace heddle {

namespace {

// So many executions are cut before a search ends that finds nothing.
constexpr std::uint64_t most_cut = 1000;

std::string seconds_limit(double seconds) {
  std::string text = std::to_string(seconds);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return "the limit of " + text + " seconds was reached";
}

void add(Counts& counts, explore::Ending ending, std::uint64_t executions) {
  using enum explore::Ending;
  switch (ending) {
    case complete:
      counts.complete += executions;
      break;
    case excluded:
    case redundant:
    case given_up:
      counts.blocked += executions;
      break;
    case cut:
      counts.cut += executions;
      break;
    case violating:
      counts.violating += executions;
      break;
  }
}

/// Whether an execution like `a` is easier to understand than one like `b`.
bool simpler(const trace::Simplicity& a, const trace::Simplicity& b) {
  return std::tie(a.switches, a.events) < std::tie(b.switches, b.events);
}

}  // namespace

Verdict verdict_for(ViolationKind kind) {
  if (kind == ViolationKind::step_bound) return Verdict::incomplete;
  return is_broken(kind) ? Verdict::broken : Verdict::violated;
}

bool Run::stop(std::string reason) {
  reason_ = std::move(reason);
  return false;
}

/// Whether the search goes on behind a violation that is nothing special.
bool Run::goes_on() const {
  return options_.keep_going || options_.wanted || options_.simplest > 0;
}

bool Run::on_violation(explore::Execution& execution, const explore::Found& found) {
  if (found.kind == ViolationKind::step_bound) {
    // No bug, but nothing will be proven any more. What is not too long may still have one: unless
    // all executions are asked for, that is looked for in some more, which are kept short.
    if (!too_long_) too_long_ = record::trace_of(execution, found);
    if (options_.keep_going || options_.wanted) return true;
    if (is_exhaustive(options_.strategy)) execution.shorten();
    return counts_.cut < most_cut;
  }
  const bool wanted = options_.wanted && found.kind == *options_.wanted;
  if (!trace_ || wanted) {
    trace_ = record::trace_of(execution, found);
    if (options_.simplest > 0) trace_->simplest = simplicity_of(execution, found);
  } else if (!is_broken(found.kind)) {
    keep_if_simpler(execution, found);
  }
  if (goes_on() && !wanted && !is_broken(found.kind)) return true;
  ++counts_.violating;
  return false;
}

trace::Simplicity Run::simplicity_of(explore::Execution& execution, const explore::Found& found) {
  trace::Simplicity simplicity = record::simplicity(execution, found);
  // Of accesses that conflict with several others one pair is measured; another may take less.
  const bool one_of_pairs =
      found.kind == ViolationKind::data_race || found.kind == ViolationKind::use_after_free;
  compared_all_ &= simplicity.minimal && !one_of_pairs;
  simplicity.minimal = false;  // until all were compared
  return simplicity;
}

void Run::keep_if_simpler(explore::Execution& execution, const explore::Found& found) {
  if (!looks_for_simpler()) return;
  const trace::Simplicity simplicity = simplicity_of(execution, found);
  if (!simpler(simplicity, *trace_->simplest)) return;
  trace_ = record::trace_of(execution, found);
  trace_->simplest = simplicity;
}

bool Run::on_execution(explore::Execution& execution, explore::Ending ending) {
  if (options_.executions != 0 && counts_.sum() >= options_.executions) {
    return stop("the limit of " + std::to_string(options_.executions) +
                (options_.executions == 1 ? " execution" : " executions") + " was reached");
  }
  if (ending == explore::Ending::complete && !repeats(execution)) return false;
  count(ending);
  if (ending == explore::Ending::complete && options_.on_complete) show_final_values(execution);
  if (!trace_ || !looks_for_simpler()) return true;
  ++looked_;
  return looks_for_simpler() || options_.keep_going || options_.wanted;
}

void Run::count(explore::Ending ending, std::uint64_t executions) {
  add(counts_, ending, executions);
  if (ending == explore::Ending::excluded) excluded_ += executions;
}

void Run::on_counted(const explore::EndingCounts& executions) {
  for (std::size_t i = 0; i < executions.size(); ++i) {
    count(static_cast<explore::Ending>(i), executions[i]);
  }
}

/// Why a search without a finding proves nothing although it came to its end; empty if it does.
std::string Run::why_nothing_was_checked() const {
  const bool untold = counts_.violating > 0 && !trace_;
  if (lost_ > 0 || untold || counts_.sum() == 0) {
    return "the search lost track of a branch, which is an error of heddle's: please report it";
  }
  if (counts_.complete > 0) return "";
  return excluded_ > 0 ? "no execution satisfies the scenario's assumptions, so nothing was checked"
                       : "no execution comes to its end, so nothing was checked";
}

bool Run::on_tick() {
  const double seconds = elapsed();
  if (options_.seconds > 0 && seconds >= options_.seconds) {
    return stop(seconds_limit(options_.seconds));
  }
  if (!progress_ || seconds < next_report_) return true;
  next_report_ = seconds + 0.1;
  Progress now{.executions = counts_, .seconds = seconds};
  if (strategy_ != nullptr) {
    now.explored = strategy_->explored();
    const explore::EndingCounts elsewhere = strategy_->counted_elsewhere();
    for (std::size_t i = 0; i < elsewhere.size(); ++i) {
      add(now.executions, static_cast<explore::Ending>(i), elsewhere[i]);
    }
  }
  if (progress_(now)) return true;
  return stop("interrupted");
}

void Run::on_restart() {
  counts_ = {};
  excluded_ = lost_ = looked_ = 0;
  trace_.reset();
  too_long_.reset();
  compared_all_ = true;
}

Result Run::result(std::uint64_t events, bool finished) {
  const bool exhaustive = is_exhaustive(options_.strategy);
  Result result;
  result.executions = counts_;
  result.events = events;
  result.seconds = elapsed();
  result.reason = reason_;
  if (too_long_ && reason_.empty()) result.reason = too_long_->violation->message;
  result.whole = finished && exhaustive && !too_long_;
  result.looked_at = looked_;
  if (trace_) {
    if (trace_->simplest) {
      trace_->simplest->minimal = finished && exhaustive && options_.search == Search::graphs &&
                                  compared_all_ && !too_long_ && looks_for_simpler();
    }
    const ViolationKind kind = trace_->violation->kind;
    result.verdict = verdict_for(kind);
    result.counterexample = std::move(trace_);
  } else if (too_long_) {
    result.reason = too_long_->violation->message;
    result.counterexample = std::move(too_long_);
  } else if (finished && exhaustive) {
    result.reason = why_nothing_was_checked();
    result.verdict = result.reason.empty() ? Verdict::holds : Verdict::incomplete;
  } else if (finished) {
    result.reason = "random executions prove nothing; none of them violates a property";
  }
  return result;
}

void Run::show_final_values(explore::Execution& execution) {
  final_values_.clear();
  const graph::Graph& graph = execution.graph();
  for (graph::LocationId id = 0; id < graph.locations(); ++id) {
    const graph::Location& location = graph.location(id);
    const std::string_view label = execution.program().label(location.slot);
    if (label.empty() || location.coherence.empty()) continue;
    final_values_.push_back({label, graph[location.coherence.back()].value});
  }
  options_.on_complete(final_values_);
}

/// Runs the threads of an execution again from their beginnings and compares: of all executions, or
/// else of the first, second, fourth, eighth and so on.
bool Run::repeats(explore::Execution& execution) {
  const std::uint64_t number = counts_.complete + 1;
  if (!options_.self_check && (number & (number - 1)) != 0) return true;
  for (explore::ThreadId thread = 0; thread < execution.graph().threads(); ++thread) {
    const graph::EventId last = execution.graph().last(thread);
    if (execution.program().verify(execution.graph()[last].node)) continue;
    trace_ = record::trace_of(execution, explore::Found{.kind = ViolationKind::nondeterminism,
                                                        .message = execution.program().mismatch(),
                                                        .at = last});
    ++counts_.violating;
    return false;
  }
  return true;
}

}  // namespace heddle
