#include "checker/agreement/compare_states.hpp"

#include "checker/agreement/compare.hpp"
#include "checker/agreement/engine.hpp"
#include "checker/oracle/shrink.hpp"
#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

constexpr const char* model = "sc";

std::string describe(const char* whose, const EngineAnswer& answer) {
  const Counts& counts = answer.result.executions;
  return std::string("  ") + whose + ": verdict " +
         std::to_string(static_cast<int>(answer.result.verdict)) + ", first violation " +
         std::string(first_violation(answer.result)) + ", " + std::to_string(counts.complete) +
         " complete, " + std::to_string(counts.violating) + " violating, " +
         std::to_string(counts.blocked) + " blocked, " + std::to_string(answer.states.size()) +
         " final states, reason '" + answer.result.reason + "'\n";
}

/// Whether it is undefined what the program does. What is found of that depends on the order.
bool is_undefined(const Result& result) {
  const ViolationKind kind = result.counterexample->violation->kind;
  return kind == ViolationKind::data_race || kind == ViolationKind::use_after_free ||
         kind == ViolationKind::uninitialised_read || kind == ViolationKind::destroyed_locked;
}

/// Whether the search over executions finds such a violation as this one.
template <typename Program>
bool finds(const Program& program, const Result& result) {
  const ViolationKind kind = result.counterexample->violation->kind;
  return first_violation(look_for(program, model, kind)) == to_string(kind);
}

template <typename Program>
std::string disagreement(const Program& program) {
  const EngineAnswer graphs = ask_engine(program, model);
  const EngineAnswer states = ask_engine(program, model, Search::states);
  std::string what;
  if (states.result.verdict != graphs.result.verdict) what += "  another verdict\n";
  // Behind a violation the search over states does not go on.
  if (graphs.result.verdict == Verdict::holds && states.states != graphs.states) {
    what += "  final states differ\n" + only_in(graphs.states, states.states, "graphs") +
            only_in(states.states, graphs.states, "states");
  }
  const bool both = what.empty() && states.result.verdict == Verdict::violated;
  if (both && !is_undefined(graphs.result) && !is_undefined(states.result) &&
      !finds(program, states.result)) {
    what += "  only the search over states finds: " + std::string(first_violation(states.result)) +
            "\n";
  }
  return what.empty() ? what : what + describe("graphs", graphs) + describe("states", states);
}

template <typename Program>
std::string explained(const Program& program) {
  const Program small =
      shrink(program, [](const Program& smaller) { return !disagreement(smaller).empty(); });
  return to_string(small) + disagreement(small);
}

}  // namespace

std::string disagreement_of_states(const oracle::Program& program) { return disagreement(program); }
std::string disagreement_of_states(const oracle::library::Program& program) {
  return disagreement(program);
}

std::string explain_disagreement_of_states(const oracle::Program& program) {
  return explained(program);
}
std::string explain_disagreement_of_states(const oracle::library::Program& program) {
  return explained(program);
}

}  // namespace heddle::agreement
