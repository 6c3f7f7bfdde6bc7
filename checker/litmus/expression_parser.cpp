// Expressions with C's precedences, and the calls of atomic functions.
#include <algorithm>
#include <array>

#include "checker/litmus/functions.hpp"
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

struct Level {
  std::string_view text;
  Operator operation;
  int precedence;
};

constexpr std::array<Level, 18> levels = {{
    {"*", Operator::multiply, 10},
    {"/", Operator::divide, 10},
    {"%", Operator::remainder, 10},
    {"+", Operator::add, 9},
    {"-", Operator::subtract, 9},
    {"<<", Operator::shift_left, 8},
    {">>", Operator::shift_right, 8},
    {"<", Operator::less, 7},
    {"<=", Operator::less_equal, 7},
    {">", Operator::greater, 7},
    {">=", Operator::greater_equal, 7},
    {"==", Operator::equal, 6},
    {"!=", Operator::not_equal, 6},
    {"&", Operator::bit_and, 5},
    {"^", Operator::bit_xor, 4},
    {"|", Operator::bit_or, 3},
    {"&&", Operator::logical_and, 2},
    {"||", Operator::logical_or, 1},
}};

/// Makes `operand` part of `parent`. Chains such as 1+1+1 are deep trees, too: without a bound
/// they would overflow the stack of whoever walks over them.
void add_operand(Expression& parent, Expression operand) {
  parent.height = std::max(parent.height, operand.height + 1);
  if (parent.height > deepest_nesting) {
    throw Error(parent.at, "the expression has too many operators in a row");
  }
  parent.operands.push_back(std::move(operand));
}

}  // namespace

Expression CodeParser::binary(int least_precedence) {
  Expression left = unary();
  for (;;) {
    const Token& next = reader_.peek();
    const auto level = std::find_if(levels.begin(), levels.end(), [&](const Level& each) {
      return each.text == next.text && next.kind == TokenKind::symbol;
    });
    if (level == levels.end() || level->precedence <= least_precedence) return left;
    Expression result{
        .kind = ExpressionKind::operation, .operation = level->operation, .at = next.at};
    reader_.take();
    add_operand(result, std::move(left));
    add_operand(result, binary(level->precedence));
    left = std::move(result);
  }
}

Expression CodeParser::unary() {
  const Token next = reader_.peek();
  const Nesting nesting(depth_, next.at);
  if (next.text == "(" && (reader_.peek(1).text == "int" || reader_.peek(1).text == "void")) {
    reader_.take();  // a cast, which changes nothing
    reader_.take();
    reader_.expect(")", "after the type of the cast");
    return unary();
  }
  constexpr std::array<std::pair<std::string_view, Operator>, 4> operators = {{
      {"-", Operator::negate},
      {"+", Operator::plus},
      {"~", Operator::complement},
      {"!", Operator::logical_not},
  }};
  for (const auto& [text, operation] : operators) {
    if (next.text != text) continue;
    reader_.take();
    if (operation == Operator::negate && reader_.peek().kind == TokenKind::number) {
      // The least int has no positive counterpart.
      return {
          .kind = ExpressionKind::number, .value = to_integer(reader_.take(), true), .at = next.at};
    }
    Expression result{.kind = ExpressionKind::operation, .operation = operation, .at = next.at};
    add_operand(result, unary());
    return result;
  }
  return primary();
}

Expression CodeParser::primary() {
  const Token next = reader_.peek();
  if (next.kind == TokenKind::number) {
    return {
        .kind = ExpressionKind::number, .value = to_integer(reader_.take(), false), .at = next.at};
  }
  if (reader_.accept("(")) {
    Expression inner = expression();
    reader_.expect(")", "after the expression");
    return inner;
  }
  if (reader_.accept("*")) {
    const bool parenthesis = reader_.accept("(");
    const Token name = reader_.expect_name("the name of an object after '*'");
    if (parenthesis) reader_.expect(")", "after the name of the object");
    return {.kind = ExpressionKind::read, .at = next.at, .name = std::string(name.text)};
  }
  if (next.text == "&") {
    throw Error(next.at,
                "addresses are not supported as values, only as the expected value of a "
                "compare_exchange");
  }
  if (next.kind != TokenKind::name) reader_.unexpected("an expression");
  if (reader_.peek(1).text == "(" || reader_.peek(1).text == "{") return call();
  reader_.take();
  return {.kind = ExpressionKind::local, .at = next.at, .name = std::string(next.text)};
}

Expression CodeParser::call() {
  const Token name = reader_.take();
  const auto function = find_function(name.text);
  if (!function) {
    throw Error(name.at, "unknown function " + quoted(name.text) +
                             ": only C11's atomic operations and fences are supported");
  }
  Expression result{.kind = ExpressionKind::call,
                    .called = function->kind,
                    .weak = function->weak,
                    .at = name.at};
  reader_.expect("(", "before the arguments");
  bool failed = false;  // the next order is that of a failed compare_exchange
  for (std::size_t i = 0; i < function->arguments.size(); ++i) {
    if (i > 0) reader_.expect(",", "before the next argument of " + std::string(name.text));
    if (function->arguments[i] != 'm') {
      argument(result, function->arguments[i]);
      continue;
    }
    const Token order = reader_.expect_name("a memory order");
    const std::memory_order found = find_order(order.text, order.at);
    check_order(function->kind, found, failed, order.at);
    (failed ? result.failure_order : result.order) = found;
    failed = true;
  }
  reader_.expect(")", "after the arguments of " + std::string(name.text));
  return result;
}

void CodeParser::argument(Expression& call, char kind) {
  if (kind == 'v') return add_operand(call, expression());
  if (kind == 'e') return expected_argument(call);
  const Token next = reader_.peek();
  const bool parenthesis = reader_.accept("(");
  call.name = reader_.expect_name("the name of an object").text;
  if (parenthesis) reader_.expect(")", "after the name of the object");
  if (!reader_.is(",") && !reader_.is(")")) {
    throw Error(next.at, "only the name of a parameter is supported as the address of an object");
  }
}

void CodeParser::expected_argument(Expression& call) {
  call.expected_at = reader_.peek().at;
  call.expected_is_local = reader_.accept("&");
  call.expected = reader_.expect_name("'&r' or the name of an object with the expected value").text;
}

}  // namespace heddle::litmus
