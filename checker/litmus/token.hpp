// The tokens of a litmus file: what lies between the text and the parser.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/litmus/header.hpp"
#include "checker/litmus/position.hpp"

namespace heddle::litmus {

enum class TokenKind : std::uint8_t {
  name,    // a C identifier; keywords are names too
  number,  // decimal or hexadecimal digits, not yet converted
  symbol,  // punctuation and operators
  end,     // of the file; text is "end of file"
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  // points into the file's text
  Position at;
};

/// The tokens from the header's end on; the last one has kind `end`. Comments are dropped: /* */
/// and
/// // everywhere, (* *) outside of a thread's code, where "(*x)" is C. Throws Error for a comment
/// that doesn't end and for bytes that begin no token.
std::vector<Token> read_tokens(std::string_view text, const Header& header);

}  // namespace heddle::litmus
