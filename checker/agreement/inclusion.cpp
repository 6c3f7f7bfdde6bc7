#include "checker/agreement/inclusion.hpp"

#include "checker/agreement/compare.hpp"
#include "checker/agreement/engine.hpp"
#include "checker/oracle/enumerate.hpp"

namespace heddle::agreement {
namespace {

using oracle::Answer;

/// The engine's answer in the oracle's terms.
Answer ask(const Question& question) {
  EngineAnswer engine = ask_engine(question.program, question.model);
  const bool race = races(engine.result);
  return {.complete = engine.result.executions.complete,
          .deadlocked = race ? 0 : engine.result.executions.violating,
          .races = race,
          .states = std::move(engine.states)};
}

std::string difference(const Answer& less, const Answer& more, const std::string& whose) {
  std::string what;
  if (less.races && !more.races) what += "  " + whose + ": races only under the stronger\n";
  if (less.complete > more.complete) what += "  " + whose + ": more complete executions\n";
  if (less.deadlocked > more.deadlocked) what += "  " + whose + ": more deadlocks\n";
  return what + only_in(less.states, more.states, whose + ", under the stronger");
}

}  // namespace

std::string not_included(const Question& less, const Question& more) {
  const Answer oracle = enumerate(more.program, oracle::model(more.model));
  std::string what =
      difference(enumerate(less.program, oracle::model(less.model)), oracle, "oracle");
  if (!oracle.races) what += difference(ask(less), ask(more), "engine");
  if (what.empty()) return what;
  return less.model + ", " + to_string(less.program) + "not in " + more.model + ", " +
         to_string(more.program) + what;
}

}  // namespace heddle::agreement
