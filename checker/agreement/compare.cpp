#include "checker/agreement/compare.hpp"

#include <functional>
#include <sstream>

#include "checker/agreement/engine.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/shrink.hpp"
#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

std::string describe(const oracle::Answer& oracle) {
  std::ostringstream text;
  text << "  oracle: complete " << oracle.complete << ", deadlocked " << oracle.deadlocked
       << ", races " << oracle.races << ", final states " << oracle.states.size() << "\n";
  return text.str();
}

std::string describe(const std::string& whose, const EngineAnswer& answer) {
  std::ostringstream text;
  const Counts& counts = answer.result.executions;
  text << "  " << whose << ": complete " << counts.complete << ", violating " << counts.violating
       << ", blocked " << counts.blocked << ", final states " << answer.states.size()
       << ", verdict " << static_cast<int>(answer.result.verdict) << ", first violation "
       << first_violation(answer.result) << ", reason '" << answer.result.reason << "'\n";
  return text.str();
}

std::string shrunk(const oracle::Program& program, const std::string& model,
                   const std::function<std::string(const oracle::Program&)>& disagreement) {
  const oracle::Program small = shrink(
      program, [&](const oracle::Program& smaller) { return !disagreement(smaller).empty(); });
  return model + ", " + to_string(small) + disagreement(small);
}

}  // namespace

std::string disagreement(const oracle::Program& program, const std::string& model) {
  const oracle::Answer oracle = enumerate(program, oracle::model(model));
  const EngineAnswer engine = ask_engine(program, model);
  const Result& result = engine.result;
  const bool violated = result.executions.violating > 0;
  const bool wrong = oracle.races || oracle.deadlocked > 0;
  const Verdict expected = wrong ? Verdict::violated : Verdict::holds;
  std::string what;
  if (result.verdict != expected) what += "  another verdict\n";
  if (violated != wrong) what += "  a violation that only one of them finds\n";
  if (oracle.races) {
    const bool misnamed = result.counterexample && !races(result);
    if (misnamed && oracle.deadlocked == 0) what += "  the race is not called one\n";
  } else {
    if (result.executions.complete != oracle.complete) what += "  complete executions differ\n";
    if (result.executions.violating != oracle.deadlocked) what += "  deadlocks differ\n";
    if (engine.states != oracle.states) {
      what += "  final states differ\n" + only_in(oracle.states, engine.states, "oracle") +
              only_in(engine.states, oracle.states, "engine");
    }
  }
  return what.empty() ? what : what + describe(oracle) + describe("engine", engine);
}

std::string explain_disagreement(const oracle::Program& program, const std::string& model) {
  return shrunk(program, model,
                [&](const oracle::Program& small) { return disagreement(small, model); });
}

std::string disagreement_in_memory(const oracle::Program& program, const std::string& model,
                                   oracle::Data data) {
  const EngineAnswer known = ask_engine(program, model);
  const EngineAnswer answer = ask_engine(program, model, data);
  std::string what;
  if (answer.result.verdict != known.result.verdict) what += "  another verdict\n";
  if (races(answer.result) != races(known.result)) what += "  a race that only one of them finds\n";
  if (!races(known.result)) {
    const Counts& its = answer.result.executions;
    const Counts& counts = known.result.executions;
    if (its.complete != counts.complete) what += "  complete executions differ\n";
    if (its.violating != counts.violating) what += "  violating executions differ\n";
    what += only_in(known.states, answer.states, "variables") +
            only_in(answer.states, known.states, "memory");
  }
  return what.empty() ? what : what + describe("variables", known) + describe("memory", answer);
}

std::string explain_disagreement_in_memory(const oracle::Program& program, const std::string& model,
                                           oracle::Data data) {
  return shrunk(program, model, [&](const oracle::Program& small) {
    return disagreement_in_memory(small, model, data);
  });
}

std::string only_in(const std::set<oracle::FinalState>& some,
                    const std::set<oracle::FinalState>& others, const std::string& whose) {
  std::string text;
  for (const oracle::FinalState& state : some) {
    if (!others.contains(state)) text += "  only " + whose + ": " + oracle::to_string(state);
  }
  return text;
}

}  // namespace heddle::agreement
