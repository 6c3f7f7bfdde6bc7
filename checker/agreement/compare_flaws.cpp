#include "checker/agreement/compare_flaws.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "checker/agreement/compare.hpp"
#include "checker/agreement/engine.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/shrink.hpp"
#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

using oracle::Flaw;

/// What the engine may call it.
bool is_called(Flaw flaw, std::string_view kind) {
  const bool spins = flaw == Flaw::endless_wait && kind == to_string(ViolationKind::endless_spin);
  return spins || oracle::to_string(flaw) == kind;
}

bool has_flaw_called(const oracle::Answer& answer, std::string_view kind) {
  return std::any_of(answer.flaws.begin(), answer.flaws.end(),
                     [kind](Flaw flaw) { return is_called(flaw, kind); });
}

/// Whether the engine finds the flaw when it is asked for that.
bool finds(const oracle::Program& program, const std::string& model, Flaw flaw) {
  static constexpr std::array kinds = {
      ViolationKind::assertion_failed, ViolationKind::deadlock,
      ViolationKind::endless_spin,     ViolationKind::locked_twice,
      ViolationKind::unlocked_unowned, ViolationKind::destroyed_locked};
  return std::any_of(kinds.begin(), kinds.end(), [&](ViolationKind kind) {
    return is_called(flaw, to_string(kind)) &&
           first_violation(look_for(program, model, kind)) == to_string(kind);
  });
}

std::string describe(const oracle::Answer& oracle, const EngineAnswer& engine) {
  std::ostringstream text;
  text << "  oracle: complete " << oracle.complete << ", failed " << oracle.failed
       << ", deadlocked " << oracle.deadlocked << ", given up " << oracle.given_up << ", undefined "
       << oracle.undefined << ", final states " << oracle.states.size();
  for (const Flaw flaw : oracle.flaws) text << ", " << oracle::to_string(flaw);
  const Counts& counts = engine.result.executions;
  text << "\n  engine: complete " << counts.complete << ", violating " << counts.violating
       << ", blocked " << counts.blocked << ", final states " << engine.states.size()
       << ", verdict " << static_cast<int>(engine.result.verdict) << ", first violation "
       << first_violation(engine.result) << ", reason '" << engine.result.reason << "'\n";
  return text.str();
}

std::string difference_in_counts(const oracle::Answer& oracle, const EngineAnswer& engine) {
  const Counts& counts = engine.result.executions;
  const std::uint64_t violating = oracle.failed + oracle.deadlocked;
  std::string what;
  if (counts.complete != oracle.complete) what += "  complete executions differ\n";
  if (counts.violating < violating || counts.violating > violating + oracle.given_up) {
    what += "  violating executions differ\n";
  }
  return what;
}

}  // namespace

std::string disagreement_on_flaws(const oracle::Program& program, const std::string& model) {
  const oracle::Answer oracle = enumerate(program, oracle::model(model));
  const EngineAnswer engine = ask_engine(program, model);
  const std::string_view first = first_violation(engine.result);
  const bool wrong = !oracle.flaws.empty();
  // Where no execution meets the assumptions, nothing is shown.
  const bool vacuous = !wrong && oracle.complete == 0;
  const Verdict expected = wrong ? Verdict::violated : Verdict::holds;
  std::string what;
  if (engine.result.verdict != expected && !vacuous) what += "  another verdict\n";
  if (first != "none" && !has_flaw_called(oracle, first)) {
    what += "  only the engine finds: " + std::string(first) + "\n";
  }
  if (!oracle.undefined) {
    for (const Flaw flaw : oracle.flaws) {
      if (oracle.flaws.size() == 1 && is_called(flaw, first)) continue;
      if (!finds(program, model, flaw)) {
        what += "  only the oracle finds: " + oracle::to_string(flaw) + "\n";
      }
    }
    if (!program.has(oracle::Kind::retry_add)) what += difference_in_counts(oracle, engine);
    if (engine.states != oracle.states) {
      what += "  final states differ\n" + only_in(oracle.states, engine.states, "oracle") +
              only_in(engine.states, oracle.states, "engine");
    }
  }
  return what.empty() ? what : what + describe(oracle, engine);
}

std::string explain_disagreement_on_flaws(const oracle::Program& program,
                                          const std::string& model) {
  const oracle::Program small = shrink(program, [&](const oracle::Program& smaller) {
    return !disagreement_on_flaws(smaller, model).empty();
  });
  return model + ", " + to_string(small) + disagreement_on_flaws(small, model);
}

}  // namespace heddle::agreement
