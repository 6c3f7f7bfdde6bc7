#include "checker/agreement/compare_library.hpp"

#include <stdexcept>

#include "checker/agreement/compare.hpp"
#include "checker/agreement/engine.hpp"
#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

namespace library = oracle::library;
using oracle::Flaw;

bool is_endless(std::string_view kind) {
  return kind == to_string(ViolationKind::deadlock) ||
         kind == to_string(ViolationKind::endless_spin);
}

/// Whether the engine finds a wait that never ends when it looks for one.
bool finds_endless_wait(const library::Program& program, const std::string& model) {
  for (const auto kind : {ViolationKind::deadlock, ViolationKind::endless_spin}) {
    if (is_endless(first_violation(ask_engine(program, model, kind).result))) return true;
  }
  return false;
}

std::string difference(const library::Program& program, const std::string& model,
                       const oracle::Answer& machine) {
  const EngineAnswer engine = ask_engine(program, model);
  const std::string_view first = first_violation(engine.result);
  const bool endless = machine.flaws.contains(Flaw::endless_wait);
  std::string what;
  const Verdict expected = machine.flaws.empty() ? Verdict::holds : Verdict::violated;
  if (engine.result.verdict != expected) what += "  another verdict\n";
  const bool known =
      first == "none" || (machine.races && races(engine.result)) || (endless && is_endless(first));
  if (!known) what += "  only the engine finds: " + std::string(first) + "\n";
  if (!machine.races) {
    what += only_in(engine.states, machine.states, "engine");
    // What the result says that it leaves out may be missing, but nothing that is wrong.
    if (engine.result.bounds.empty()) what += only_in(machine.states, engine.states, "machine");
    if (endless && !finds_endless_wait(program, model)) what += "  only the machine waits\n";
  }
  if (what.empty()) return what;
  for (const Flaw flaw : machine.flaws) what += "  machine: " + oracle::to_string(flaw) + "\n";
  const Counts& counts = engine.result.executions;
  return what + "  engine: " + std::to_string(counts.complete) + " complete, " +
         std::to_string(counts.violating) + " violating, " + std::to_string(counts.blocked) +
         " blocked, first violation " + std::string(first) + " " + engine.result.reason + "\n";
}

}  // namespace

std::string disagreement_in_library(const library::Program& program, const std::string& model) {
  if (model != "sc" && program.tries()) return "";
  oracle::Answer machine;
  try {
    machine = explore(program);
  } catch (const std::invalid_argument&) {
    return "";
  }
  return difference(program, model, machine);
}

std::string explain_disagreement_in_library(const library::Program& program,
                                            const std::string& model) {
  const library::Program small = shrink(program, [&](const library::Program& smaller) {
    return !disagreement_in_library(smaller, model).empty();
  });
  return model + ", " + to_string(small) + disagreement_in_library(small, model);
}

}  // namespace heddle::agreement
