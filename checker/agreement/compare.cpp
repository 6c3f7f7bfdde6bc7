#include "checker/agreement/compare.hpp"

#include <sstream>

#include "checker/agreement/engine.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/shrink.hpp"
#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

std::string describe(const oracle::Answer& oracle, const EngineAnswer& engine) {
  std::ostringstream text;
  const Counts& counts = engine.result.executions;
  text << "  oracle: complete " << oracle.complete << ", deadlocked " << oracle.deadlocked
       << ", races " << oracle.races << ", final states " << oracle.states.size() << "\n"
       << "  engine: complete " << counts.complete << ", violating " << counts.violating
       << ", blocked " << counts.blocked << ", final states " << engine.states.size()
       << ", verdict " << static_cast<int>(engine.result.verdict) << ", first violation "
       << first_violation(engine.result) << ", reason '" << engine.result.reason << "'\n";
  return text.str();
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
  return what.empty() ? what : what + describe(oracle, engine);
}

std::string explain_disagreement(const oracle::Program& program, const std::string& model) {
  const oracle::Program small = shrink(program, [&](const oracle::Program& smaller) {
    return !disagreement(smaller, model).empty();
  });
  return model + ", " + to_string(small) + disagreement(small, model);
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
