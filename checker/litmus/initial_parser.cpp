// The initial state: `{ x=1; int y=2; 0:r0=3; }`.
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

Initial parse_initial(TokenReader& reader) {
  Initial initial;
  if (begins_type(reader) || reader.is("*")) {
    const Position at = reader.peek().at;
    const Type type = reader.is("*") ? Type{.pointers = 1} : parse_type(reader);
    if (type.pointers > 0) throw Error(at, "pointers are not supported as values of objects");
    initial.declares = true;
    initial.atomic = type.atomic;
  } else if (reader.peek().kind == TokenKind::name && reader.peek(1).kind == TokenKind::name) {
    throw Error(reader.peek().at, "unknown type " + quoted(reader.peek().text));
  }
  initial.location = parse_location(reader);
  if (!reader.accept("=")) return initial;
  const Token& next = reader.peek();
  if (next.kind == TokenKind::name || next.text == "&" || next.text == "{") {
    throw Error(next.at, "expected an integer, not " + quoted(next.text) +
                             ": addresses, arrays and instructions are not supported as values");
  }
  initial.value = reader.expect_integer("an integer");
  return initial;
}

}  // namespace

void parse_initial_state(TokenReader& reader, Test& test) {
  reader.expect("{", "before the initial state");
  while (!reader.accept("}")) {
    if (reader.accept(";")) continue;
    test.initial.push_back(parse_initial(reader));
    if (!reader.is("}")) reader.expect(";", "after an initial value");
  }
}

}  // namespace heddle::litmus
