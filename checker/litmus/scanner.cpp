#include "checker/litmus/scanner.hpp"

namespace heddle::litmus {

std::string show_byte(char byte) {
  if (byte >= ' ' && byte <= '~') return std::string("'") + byte + "'";
  constexpr char digits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return std::string("byte 0x") + digits[value >> 4] + digits[value & 15];
}

bool Scanner::skip_comment(bool ml) {
  const Position begin = at_;
  if (rest().starts_with("//")) {
    advance_to_line_end();
    return true;
  }
  if (rest().starts_with("/*")) {
    for (advance(2); !rest().starts_with("*/"); advance()) {
      if (at_end()) throw Error(begin, "the comment that begins here has no end '*/'");
    }
    advance(2);
    return true;
  }
  if (!ml || !rest().starts_with("(*")) return false;
  std::size_t open = 0;
  do {
    if (at_end()) throw Error(begin, "the comment that begins here has no end '*)'");
    if (rest().starts_with("(*")) {
      ++open;
      advance(2);
    } else if (rest().starts_with("*)")) {
      --open;
      advance(2);
    } else {
      advance();
    }
  } while (open > 0);
  return true;
}

}  // namespace heddle::litmus
