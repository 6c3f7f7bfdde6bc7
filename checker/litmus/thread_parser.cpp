// Threads: `P0 (atomic_int* x, int* y) { ... }` and the statements in them.
#include <algorithm>
#include <array>

#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

using namespace std::string_view_literals;

constexpr std::array loops = {"while"sv, "for"sv, "do"sv, "goto"sv};
constexpr std::array other_keywords = {"switch"sv, "return"sv, "break"sv, "continue"sv};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Parameter parse_parameter(TokenReader& reader) {
  const Position at = reader.peek().at;
  if (!begins_type(reader)) reader.unexpected("a parameter such as 'atomic_int* x'");
  const Type type = parse_type(reader);
  const Token name = reader.expect_name("the name of the parameter");
  if (type.pointers != 1) {
    throw Error(at,
                "parameter " + quoted(name.text) +
                    (type.pointers == 0 ? " must be a pointer: threads share objects only so"
                                        : " is a pointer to a pointer, which is not supported"));
  }
  return {std::string(name.text), type.atomic, name.at};
}

bool begins_thread(const TokenReader& reader) {
  const std::size_t name = reader.is("void") ? 1 : 0;
  return thread_number(reader.peek(name).text) >= 0 && reader.peek(name + 1).text == "(";
}

Thread parse_thread(TokenReader& reader) {
  reader.accept("void");
  const Token name = reader.take();
  Thread thread{.number = static_cast<std::uint32_t>(thread_number(name.text)), .at = name.at};
  reader.expect("(", "before the parameters");
  if (reader.is("void") && reader.peek(1).text == ")") reader.take();
  if (!reader.is(")")) {
    do {
      thread.parameters.push_back(parse_parameter(reader));
    } while (reader.accept(","));
  }
  reader.expect(")", "after the parameters");
  thread.body = CodeParser(reader).block();
  return thread;
}

}  // namespace

void parse_threads(TokenReader& reader, Test& test) {
  while (begins_thread(reader)) {
    const Thread& thread = test.threads.emplace_back(parse_thread(reader));
    if (test.threads.size() > most_threads) throw Error(thread.at, "more than 16 threads");
  }
  if (test.threads.empty()) reader.unexpected("a thread 'P0 (...) { ... }'");
}

std::vector<Statement> CodeParser::block() {
  const Nesting nesting(depth_, reader_.peek().at);
  const Position begin = reader_.expect("{", "before the statements").at;
  std::vector<Statement> statements;
  while (!reader_.accept("}")) {
    if (reader_.at_end()) throw Error(begin, "the block that begins here has no end '}'");
    if (!reader_.accept(";")) statements.push_back(statement());
  }
  return statements;
}

void CodeParser::refuse_keyword() const {
  const Token& next = reader_.peek();
  throw Error(next.at, (contains(loops, next.text) ? "loops and jumps are not supported: "
                                                   : "this statement is not supported: ") +
                           quoted(next.text));
}

Statement CodeParser::statement() {
  const Token& next = reader_.peek();
  if (contains(loops, next.text) || contains(other_keywords, next.text)) refuse_keyword();
  if (next.text == "{") {
    const Position at = next.at;
    return {.kind = StatementKind::block, .at = at, .body = block()};
  }
  if (next.text == "if") return branch();
  if (next.text == "else") throw Error(next.at, "'else' without 'if'");
  Statement result;
  if (begins_type(reader_)) {
    result = declaration();
  } else if (next.text == "*") {
    result = write();
  } else if (next.kind == TokenKind::name && reader_.peek(1).kind == TokenKind::symbol &&
             reader_.peek(1).text != "(" && reader_.peek(1).text != "{") {
    result = assignment();
  } else {
    result = {.kind = StatementKind::evaluate, .at = next.at, .value = expression()};
  }
  if (reader_.is("=")) throw Error(reader_.peek().at, "only 'r = ...' and '*x = ...' can assign");
  reader_.expect(";", "after the statement");
  return result;
}

Statement CodeParser::declaration() {
  const Type type = parse_type(reader_);
  const Token name = reader_.expect_name("the name of a register");
  if (type.atomic || type.pointers > 0) {
    throw Error(name.at, "register " + quoted(name.text) +
                             " must be a plain int; other local variables are not supported");
  }
  Statement result{.kind = StatementKind::declare, .at = name.at, .name = std::string(name.text)};
  if (reader_.is("[")) throw Error(reader_.peek().at, "arrays are not supported");
  if (reader_.is(",")) throw Error(reader_.peek().at, "declare one register per statement");
  if (reader_.accept("=")) result.value = expression();
  return result;
}

Statement CodeParser::write() {
  const Position at = reader_.expect("*", "before the name of an object").at;
  const bool parenthesis = reader_.accept("(");
  const Token name = reader_.expect_name("the name of an object after '*'");
  if (parenthesis) reader_.expect(")", "after the name of the object");
  reader_.expect("=", "after the object");
  return {.kind = StatementKind::write,
          .at = at,
          .name = std::string(name.text),
          .value = expression()};
}

Statement CodeParser::assignment() {
  const Token name = reader_.take();
  if (!reader_.is("=")) {
    throw Error(reader_.peek().at,
                "expected '=' after " + quoted(name.text) + ", not " + quoted(reader_.peek().text));
  }
  reader_.take();
  return {.kind = StatementKind::assign,
          .at = name.at,
          .name = std::string(name.text),
          .value = expression()};
}

Statement CodeParser::branch() {
  const Position at = reader_.take().at;
  const Nesting nesting(depth_, at);
  Statement result{.kind = StatementKind::branch, .at = at};
  reader_.expect("(", "after 'if'");
  result.value = expression();
  reader_.expect(")", "after the condition");
  result.body = body_of_branch();
  if (reader_.accept("else")) result.otherwise = body_of_branch();
  return result;
}

std::vector<Statement> CodeParser::body_of_branch() {
  if (reader_.is("{")) return block();
  if (begins_type(reader_)) reader_.unexpected("'{' before a declaration");
  std::vector<Statement> statements;
  if (!reader_.accept(";")) statements.push_back(statement());
  return statements;
}

}  // namespace heddle::litmus
