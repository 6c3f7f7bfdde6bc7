// The words of a litmus file: what lies between the text and the parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// The first line of a file, and the lines up to the initial state.
struct Header {
  std::string name;     // of the test
  std::size_t end = 0;  // offset of the '{' that begins the initial state
  Position at;          // its place
};

/// Reads "C NAME", then skips comments, a text in quotation marks and lines "KEY=VALUE" such as
/// diy7 writes. Throws Error where anything else stands.
Header read_header(std::string_view text);

/// The words from the header's end on; the last one has kind `end`. Comments are dropped: /* */ and
/// // everywhere, (* *) outside of a thread's code, where "(*x)" is C. Throws Error for a comment
/// that doesn't end and for bytes that begin no word.
std::vector<Token> read_tokens(std::string_view text, const Header& header);

/// How a byte is shown in a message: 'x', or 0x1b where it is not printable.
std::string show_byte(char byte);

}  // namespace heddle::litmus
