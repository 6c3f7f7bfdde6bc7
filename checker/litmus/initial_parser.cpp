// The initial state: `{ x=1; int y=2; 0:r0=3; }`.
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

Location parse_target(TokenReader& reader) {
  Location location{.at = reader.peek().at};
  if (reader.accept("[")) {
    location.name = reader.expect_name("the name of an object").text;
    reader.expect("]", "after the name of the object");
    return location;
  }
  const std::int32_t thread = thread_number(reader.peek().text);
  if (reader.peek().kind == TokenKind::number || (thread >= 0 && reader.peek(1).text == ":")) {
    location.is_register = true;
    location.thread =
        static_cast<std::uint32_t>(thread >= 0 ? thread : to_integer(reader.peek(), false));
    reader.take();
    reader.expect(":", "between thread and register");
    location.name = reader.expect_name("the name of a register").text;
    return location;
  }
  location.name = reader.expect_name("an object 'x', '[x]' or a register '0:r0'").text;
  return location;
}

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
  initial.location = parse_target(reader);
  if (reader.is("[")) throw Error(reader.peek().at, "arrays are not supported");
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
