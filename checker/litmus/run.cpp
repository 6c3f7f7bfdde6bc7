// Explores a test and sums up its final states.
#include <map>

#include "checker/litmus/litmus.hpp"
#include "checker/litmus/program.hpp"

namespace heddle::litmus {
namespace {

using Values = std::vector<std::int32_t>;

bool holds(const Proposition& proposition, const Values& values);

bool all_hold(const std::vector<Proposition>& operands, const Values& values) {
  for (const Proposition& operand : operands) {
    if (!holds(operand, values)) return false;
  }
  return true;
}

bool any_holds(const std::vector<Proposition>& operands, const Values& values) {
  for (const Proposition& operand : operands) {
    if (holds(operand, values)) return true;
  }
  return false;
}

bool holds(const Proposition& proposition, const Values& values) {
  switch (proposition.kind) {
    case PropositionKind::always:
      return true;
    case PropositionKind::never:
      return false;
    case PropositionKind::equals_value:
      return values[proposition.left.slot] == proposition.value;
    case PropositionKind::equals_location:
      return values[proposition.left.slot] == values[proposition.right.slot];
    case PropositionKind::negation:
      return !holds(proposition.operands[0], values);
    case PropositionKind::conjunction:
      return all_hold(proposition.operands, values);
    case PropositionKind::disjunction:
      return any_holds(proposition.operands, values);
    case PropositionKind::implication:
      return !holds(proposition.operands[0], values) || holds(proposition.operands[1], values);
  }
  return false;
}

/// Counts the executions that end in each state.
class Counter {
 public:
  explicit Counter(const Test& test) : values_(test.observed.size()) {
    // Final values come in the order in which the scenario makes the objects: first the test's own,
    // then one for each observed register.
    std::size_t saved = test.objects.size();
    for (const Location& location : test.observed) {
      if (location.is_register) {
        places_.push_back(saved++);
        continue;
      }
      std::size_t object = 0;
      while (test.objects[object].name != location.name) ++object;
      places_.push_back(object);
    }
  }

  void add(const std::vector<FinalValue>& final_values) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      values_[i] = static_cast<std::int32_t>(final_values.at(places_[i]).value);
    }
    ++counts_[values_];
  }

  const std::map<Values, std::uint64_t>& counts() const { return counts_; }

 private:
  std::vector<std::size_t> places_;
  Values values_;
  std::map<Values, std::uint64_t> counts_;
};

void sum_up(const Test& test, const std::map<Values, std::uint64_t>& counts, Result& result) {
  for (const auto& [values, executions] : counts) {
    if (test.filter && !holds(*test.filter, values)) continue;
    const bool positive = holds(test.condition, values);
    (positive ? result.positive : result.negative) += executions;
    const Values shown(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(test.shown));
    if (!result.states.empty() && result.states.back().values == shown) {
      result.states.back().executions += executions;  // they differ in what only the filter names
    } else {
      result.states.push_back({shown, executions, positive});
    }
  }
  result.observation = result.positive == 0   ? "Never"
                       : result.negative == 0 ? "Always"
                                              : "Sometimes";
  switch (test.quantifier) {
    case Quantifier::exists:
      result.ok = result.positive > 0;
      break;
    case Quantifier::not_exists:
      result.ok = result.positive == 0;
      break;
    case Quantifier::forall:
      result.ok = result.negative == 0;
      break;
  }
}

/// "P1 reads 'x' in line 12"
std::string access_text(const trace::Trace& trace, std::uint32_t number) {
  const trace::Step& step = trace.steps.at(number - 1);
  return trace.threads.at(step.thread) + (step.operation == "write" ? " writes '" : " reads '") +
         step.object + "' in line " + std::to_string(step.line);
}

void explain(const trace::Trace& trace, Result& result) {
  const trace::Violation& violation = *trace.violation;
  result.at = {violation.line, 0};
  if (violation.kind != ViolationKind::data_race || violation.other_step == 0) {
    result.message = violation.message;
    return;
  }
  result.message = access_text(trace, violation.other_step) + " and " +
                   access_text(trace, violation.step) + ", and nothing orders the two";
}

Outcome outcome_of(const heddle::Result& checked) {
  if (checked.verdict == Verdict::holds) return Outcome::complete;
  if (checked.verdict == Verdict::incomplete) return Outcome::incomplete;
  const bool race =
      checked.counterexample && checked.counterexample->violation->kind == ViolationKind::data_race;
  return race ? Outcome::racy : Outcome::broken;
}

}  // namespace

Result run(const Test& test, const Options& options) {
  Counter counter(test);
  heddle::Options checker;
  checker.model = options.model;
  checker.spurious = options.spurious;
  checker.executions = options.executions;
  checker.seconds = options.seconds;
  checker.steps = most_events;
  checker.on_complete = [&](const std::vector<FinalValue>& values) { counter.add(values); };
  const heddle::Result checked = check(to_scenario(test), checker);
  Result result{.outcome = outcome_of(checked)};
  if (result.outcome == Outcome::complete) {
    sum_up(test, counter.counts(), result);
  } else if (result.outcome == Outcome::incomplete) {
    result.message = checked.reason;
  } else {
    explain(*checked.counterexample, result);
  }
  return result;
}

}  // namespace heddle::litmus
