// Results as herd7 prints them.
#include "checker/litmus/litmus.hpp"
#include "checker/litmus/program.hpp"

namespace heddle::litmus {
namespace {

/// Where a proposition stands: decides about parentheses.
enum class Context : std::uint8_t { top, conjunction, disjunction, implication };

std::string text(const Proposition& proposition, Context context);

/// Operands with `symbol` between them, in parentheses if the context asks for them.
std::string joined(const Proposition& proposition, const char* symbol, Context inner,
                   bool parentheses) {
  std::string result;
  for (const Proposition& operand : proposition.operands) {
    if (!result.empty()) result += symbol;
    result += text(operand, inner);
  }
  return parentheses ? "(" + result + ")" : result;
}

std::string text(const Proposition& proposition, Context context) {
  switch (proposition.kind) {
    case PropositionKind::always:
      return "true";
    case PropositionKind::never:
      return "false";
    case PropositionKind::equals_value:
      return location_text(proposition.left) + "=" + std::to_string(proposition.value);
    case PropositionKind::equals_location:
      return location_text(proposition.left) + "=" + location_text(proposition.right);
    case PropositionKind::negation:
      return "not (" + text(proposition.operands[0], Context::top) + ")";
    case PropositionKind::conjunction:
      return joined(proposition, " /\\ ", Context::conjunction, context == Context::implication);
    case PropositionKind::disjunction:
      return joined(proposition, " \\/ ", Context::disjunction,
                    context == Context::implication || context == Context::conjunction);
    case PropositionKind::implication:
      return joined(proposition, " => ", Context::implication,
                    context == Context::conjunction || context == Context::disjunction);
  }
  return "";
}

const char* quantifier_text(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::exists:
      return "exists";
    case Quantifier::not_exists:
      return "~exists";
    case Quantifier::forall:
      return "forall";
  }
  return "";
}

const char* kind_text(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::exists:
      return "Allowed";
    case Quantifier::not_exists:
      return "Forbidden";
    case Quantifier::forall:
      return "Required";
  }
  return "";
}

std::string counted(const Test& test, const Result& result) {
  std::string text = "States " + std::to_string(result.states.size()) + "\n";
  for (const State& state : result.states) text += state_text(test, state) + "\n";
  text += result.ok ? "Ok\n" : "No\n";
  // Witnesses are for or against what the test claims.
  const bool negated = test.quantifier == Quantifier::not_exists;
  text += "Witnesses\nPositive: " + std::to_string(negated ? result.negative : result.positive) +
          " Negative: " + std::to_string(negated ? result.positive : result.negative) + "\n";
  text += "Condition " + condition_text(test) + "\n";
  text += "Observation " + test.name + " " + result.observation + " " +
          std::to_string(result.positive) + " " + std::to_string(result.negative) + "\n";
  return text;
}

}  // namespace

std::string state_text(const Test& test, const State& state) {
  std::string text;
  for (std::size_t i = 0; i < test.shown; ++i) {
    if (i > 0) text += " ";
    text += location_text(test.observed[i]) + "=" + std::to_string(state.values[i]) + ";";
  }
  return text;
}

std::string condition_text(const Test& test) {
  return std::string(quantifier_text(test.quantifier)) + " (" + text(test.condition, Context::top) +
         ")";
}

std::string herd_text(const Test& test, const Result& result) {
  std::string text = "Test " + test.name + " " + kind_text(test.quantifier) + "\n";
  if (result.outcome == Outcome::complete) return text + counted(test, result) + "\n";
  if (result.outcome == Outcome::racy) {
    text += "Undef\nFlag *undef*\nRace " + result.message + "\n";
    text += "Condition " + condition_text(test) + "\n";
    return text + "Observation " + test.name + " Undef\n\n";
  }
  const char* const word = result.outcome == Outcome::incomplete ? "Incomplete " : "Broken ";
  return text + word + result.message + "\n\n";
}

}  // namespace heddle::litmus
