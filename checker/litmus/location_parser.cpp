// Registers and objects as the initial state and the condition name them.
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {

Location parse_location(TokenReader& reader) {
  Location location{.at = reader.peek().at};
  if (reader.accept("[")) {
    location.name = reader.expect_name("the name of an object").text;
    reader.expect("]", "after the name of the object");
    return location;
  }
  const Token& next = reader.peek();
  const std::int32_t thread = thread_number(next.text);
  if (next.kind == TokenKind::number || (thread >= 0 && reader.peek(1).text == ":")) {
    location.is_register = true;
    location.thread = static_cast<std::uint32_t>(thread >= 0 ? thread : to_integer(next, false));
    reader.take();
    reader.expect(":", "between thread and register");
    location.name = reader.expect_name("the name of a register").text;
  } else {
    location.name = reader.expect_name("an object 'x', '[x]' or a register '0:r0'").text;
  }
  if (reader.is("[")) throw Error(reader.peek().at, "arrays are not supported");
  return location;
}

}  // namespace heddle::litmus
