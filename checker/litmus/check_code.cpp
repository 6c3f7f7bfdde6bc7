// Names in the code of a thread. Registers have C's scopes, but equal names in scopes that don't
// overlap are one register, as in herd7.
#include <set>

#include "checker/litmus/check.hpp"
#include "checker/litmus/functions.hpp"
#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {
namespace {

class CodeCheck {
 public:
  CodeCheck(Test& test, Thread& thread) : test_(test), thread_(thread) {
    scopes_.emplace_back();
    // Registers with an initial value may be declared again by the code.
    for (const std::string& name : thread.registers) initial_.insert(name);
    for (const Parameter& parameter : thread.parameters) parameters_.insert(parameter.name);
  }

  void statements(std::vector<Statement>& statements) {
    for (Statement& each : statements) statement(each);
  }

 private:
  void statement(Statement& statement) {
    if (statement.value) {
      const bool is_value = statement.kind != StatementKind::evaluate;
      expression(*statement.value, is_value);
    }
    switch (statement.kind) {
      case StatementKind::declare:
        statement.index = declare(statement.name, statement.at);
        break;
      case StatementKind::assign:
        statement.index = local(statement.name, statement.at);
        break;
      case StatementKind::write:
        statement.index = object(statement.name, statement.at);
        break;
      case StatementKind::evaluate:
        break;
      case StatementKind::branch:
      case StatementKind::block:
        in_scope(statement.body);
        in_scope(statement.otherwise);
        break;
    }
  }

  void in_scope(std::vector<Statement>& body) {
    scopes_.emplace_back();
    statements(body);
    scopes_.pop_back();
  }

  /// Returns whether the expression accesses shared objects.
  bool expression(Expression& expression, bool is_value) {
    bool shared = expression.kind == ExpressionKind::read;
    if (expression.kind == ExpressionKind::call) shared = expression.called != api::OpKind::fence;
    switch (expression.kind) {
      case ExpressionKind::number:
        break;
      case ExpressionKind::local:
        expression.index = local(expression.name, expression.at);
        break;
      case ExpressionKind::read:
        expression.index = object(expression.name, expression.at);
        break;
      case ExpressionKind::operation:
        break;
      case ExpressionKind::call:
        call(expression, is_value);
        break;
    }
    const bool ordered = expression.operation == Operator::logical_and ||
                         expression.operation == Operator::logical_or;
    bool operand_shared = false;
    for (Expression& operand : expression.operands) {
      const bool also = this->expression(operand, true);
      if (also && operand_shared && !ordered) {
        throw Error(expression.at,
                    "C leaves the order of the shared accesses in this expression "
                    "open: write one per statement");
      }
      operand_shared |= also;
    }
    return shared || operand_shared;
  }

  void call(Expression& call, bool is_value) {
    if (is_value && returns_nothing(call.called)) {
      throw Error(call.at, "a store or fence has no value");
    }
    if (call.called == api::OpKind::fence) return;
    call.index = object(call.name, call.at);
    if (call.called != api::OpKind::compare_exchange) return;
    call.expected_index = call.expected_is_local ? local(call.expected, call.expected_at)
                                                 : object(call.expected, call.expected_at);
  }

  std::uint32_t object(const std::string& name, Position at) {
    if (parameters_.contains(name)) return find_object(test_, name);
    const char* const what =
        is_visible(name) ? " is a register, not a parameter" : " is undeclared";
    throw Error(at, "object " + quoted(name) + what + ": add it to the parameters of P" +
                        std::to_string(thread_.number));
  }

  std::uint32_t local(const std::string& name, Position at) {
    if (parameters_.contains(name)) {
      throw Error(at, quoted(name) + " is a pointer: read what it points to with *" + name +
                          " or atomic_load(" + name + ")");
    }
    if (!is_visible(name)) throw Error(at, "undeclared variable " + quoted(name));
    return find_register(thread_, name);
  }

  bool is_visible(const std::string& name) const {
    for (const auto& scope : scopes_) {
      if (scope.contains(name)) return true;
    }
    return initial_.contains(name);
  }

  std::uint32_t declare(const std::string& name, Position at) {
    for (const auto& scope : scopes_) {
      if (scope.contains(name)) throw Error(at, "register " + quoted(name) + " is declared twice");
    }
    if (parameters_.contains(name)) throw Error(at, quoted(name) + " is a parameter already");
    scopes_.back().insert(name);
    const std::uint32_t known = find_register(thread_, name);
    if (known != unresolved) return known;
    if (thread_.registers.size() == most_registers) {
      throw Error(at, "more than 64 registers in one thread");
    }
    thread_.registers.push_back(name);
    thread_.initial.push_back(0);
    return static_cast<std::uint32_t>(thread_.registers.size() - 1);
  }

  Test& test_;
  Thread& thread_;
  std::set<std::string> parameters_;
  std::set<std::string> initial_;
  std::vector<std::set<std::string>> scopes_;
};

}  // namespace

void check_code(Test& test, Thread& thread) { CodeCheck(test, thread).statements(thread.body); }

}  // namespace heddle::litmus
