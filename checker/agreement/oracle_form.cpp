#include "checker/agreement/oracle_form.hpp"

#include <algorithm>
#include <stdexcept>

namespace heddle::agreement {
namespace {

using litmus::Expression;
using litmus::ExpressionKind;
using litmus::Statement;
using litmus::StatementKind;
using oracle::Instruction;
using oracle::Kind;

/// Thrown by what has no counterpart in the oracle's language.
struct NoCounterpart {};

Kind kind_of(const Expression& call) {
  switch (call.called) {
    case api::OpKind::load:
      return Kind::load;
    case api::OpKind::store:
      return Kind::store;
    case api::OpKind::exchange:
      return Kind::exchange;
    case api::OpKind::fetch_add:
      return Kind::fetch_add;
    case api::OpKind::fence:
      return Kind::fence;
    default:
      throw NoCounterpart{};
  }
}

/// The instructions of one thread.
class Translation {
 public:
  explicit Translation(const litmus::Thread& thread) : registers(thread.registers.size(), -1) {
    for (const Statement& statement : thread.body) translate(statement);
  }

  std::vector<Instruction> code;
  std::vector<int> registers;  // litmus register -> the oracle's; -1 if it is never set

 private:
  void translate(const Statement& statement) {
    if (!statement.value && statement.kind == StatementKind::declare) return;
    const Expression& value = statement.value.value();
    switch (statement.kind) {
      case StatementKind::declare:
      case StatementKind::assign: {
        const int number = append(value);
        if (number < 0 || registers[statement.index] >= 0) throw NoCounterpart{};
        registers[statement.index] = number;
        break;
      }
      case StatementKind::write:
        code.push_back(oracle::ops::write(static_cast<int>(statement.index), operand(value)));
        break;
      case StatementKind::evaluate:
        append(value);
        break;
      default:
        throw NoCounterpart{};
    }
  }

  /// Appends what the expression does. Returns the oracle's number for the register that it sets,
  /// or -1.
  int append(const Expression& expression) {
    Instruction in;
    if (expression.kind == ExpressionKind::read) {
      in = oracle::ops::read(static_cast<int>(expression.index));
    } else if (expression.kind == ExpressionKind::call) {
      in = {.kind = kind_of(expression), .order = expression.order};
      if (in.kind != Kind::fence) in.location = static_cast<int>(expression.index);
      if (!expression.operands.empty()) in.value = operand(expression.operands[0]);
    } else {
      throw NoCounterpart{};
    }
    code.push_back(in);
    return sets_register(in.kind) ? set_++ : -1;
  }

  oracle::Value operand(const Expression& expression) const {
    if (expression.kind == ExpressionKind::number) return oracle::ops::constant(expression.value);
    if (expression.kind != ExpressionKind::local || registers[expression.index] < 0) {
      throw NoCounterpart{};
    }
    return oracle::ops::reg(registers[expression.index]);
  }

  int set_ = 0;
};

OracleForm::Place object_place(const litmus::Test& test, const std::string& name) {
  const auto found =
      std::find_if(test.objects.begin(), test.objects.end(),
                   [&](const litmus::Object& object) { return object.name == name; });
  return {.row = oracle::max_threads, .index = static_cast<int>(found - test.objects.begin())};
}

OracleForm::Place register_place(const litmus::Test& test, const litmus::Location& location,
                                 const std::vector<Translation>& threads) {
  std::size_t t = 0;
  while (test.threads[t].number != location.thread) ++t;
  const auto& names = test.threads[t].registers;
  const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), location.name) -
                                           names.begin());
  return {.row = t, .index = threads[t].registers[at], .initial = test.threads[t].initial[at]};
}

}  // namespace

std::optional<OracleForm> OracleForm::of(const litmus::Test& test) {
  if (test.filter || test.objects.size() > oracle::max_locations) return std::nullopt;
  OracleForm form;
  form.program_.name = test.name;
  try {
    std::vector<Translation> threads;
    for (const litmus::Thread& thread : test.threads) {
      threads.emplace_back(thread);
      form.program_.add(threads.back().code);
    }
    for (std::size_t l = 0; l < test.objects.size(); ++l) {
      form.program_.initial[l] = test.objects[l].initial;
    }
    for (std::size_t i = 0; i < test.shown; ++i) {
      const litmus::Location& location = test.observed[i];
      form.places_.push_back(location.is_register ? register_place(test, location, threads)
                                                  : object_place(test, location.name));
    }
  } catch (const NoCounterpart&) {
    return std::nullopt;
  } catch (const std::invalid_argument&) {  // too large
    return std::nullopt;
  }
  return form;
}

std::vector<std::int32_t> OracleForm::shown(const oracle::FinalState& state) const {
  std::vector<std::int32_t> values;
  for (const Place& place : places_) {
    values.push_back(place.index < 0 ? place.initial
                                     : oracle::unpack(state.at(place.row), place.index));
  }
  return values;
}

}  // namespace heddle::agreement
