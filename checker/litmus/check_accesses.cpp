// Whether each object is accessed in one way: as an atomic or as plain data.
#include <optional>

#include "checker/litmus/check.hpp"
#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {
namespace {

std::string show(Position at) { return std::to_string(at.line) + ":" + std::to_string(at.column); }

class AccessCheck {
 public:
  explicit AccessCheck(Test& test) : test_(test), uses_(test.objects.size()) {}

  void run() {
    for (const Thread& thread : test_.threads) {
      thread_ = &thread;
      statements(thread.body);
    }
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      if (uses_[i].atomic) test_.objects[i].atomic = true;
      if (uses_[i].plain) test_.objects[i].atomic = false;
    }
  }

 private:
  struct Use {
    std::optional<Position> atomic;  // the first atomic access
    std::optional<Position> plain;
  };

  void statements(const std::vector<Statement>& statements) {
    for (const Statement& statement : statements) {
      if (statement.value) expression(*statement.value);
      if (statement.kind == StatementKind::write) plain(statement.index, statement.at);
      this->statements(statement.body);
      this->statements(statement.otherwise);
    }
  }

  void expression(const Expression& expression) {
    for (const Expression& operand : expression.operands) this->expression(operand);
    if (expression.kind == ExpressionKind::read) plain(expression.index, expression.at);
    if (expression.kind != ExpressionKind::call) return;
    if (expression.called == api::OpKind::fence) return;
    atomic(expression.index, expression.at);
    if (expression.called == api::OpKind::compare_exchange && !expression.expected_is_local) {
      // C11 wants a plain int here; herd7 takes an atomic one as if it were plain.
      plain(expression.expected_index, expression.expected_at, false);
    }
  }

  void plain(std::uint32_t index, Position at, bool follow_declaration = true) {
    const Object& object = test_.objects[index];
    bool declared = follow_declaration && object.atomic;
    for (const Parameter& parameter : thread_->parameters) {
      if (parameter.name != object.name) continue;
      declared |= follow_declaration && parameter.atomic;
    }
    if (declared) {
      throw Error(at, "plain access to " + quoted(object.name) +
                          ", which is declared atomic: use atomic_load or atomic_store");
    }
    if (!uses_[index].plain) uses_[index].plain = at;
    refuse_mixed(index, at);
  }

  void atomic(std::uint32_t index, Position at) {
    if (!uses_[index].atomic) uses_[index].atomic = at;
    refuse_mixed(index, at);
  }

  void refuse_mixed(std::uint32_t index, Position at) const {
    const Use& use = uses_[index];
    if (!use.plain || !use.atomic) return;
    const bool plain_first = *use.plain != at;
    throw Error(at, "object " + quoted(test_.objects[index].name) + " is accessed here as " +
                        (plain_first ? "an atomic, and as plain data at "
                                     : "plain data, and as an atomic at ") +
                        show(plain_first ? *use.plain : *use.atomic) +
                        ": mixed accesses are not supported");
  }

  Test& test_;
  std::vector<Use> uses_;
  const Thread* thread_ = nullptr;
};

}  // namespace

void check_accesses(Test& test) { AccessCheck(test).run(); }

}  // namespace heddle::litmus
