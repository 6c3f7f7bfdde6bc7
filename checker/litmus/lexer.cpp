#include <algorithm>
#include <array>

#include "checker/litmus/scanner.hpp"
#include "checker/litmus/token.hpp"

namespace heddle::litmus {
namespace {

using namespace std::string_view_literals;

// Longer ones first. Some are here only so that they can be refused by name.
constexpr std::array symbols = {
    "<<="sv, ">>="sv, "/\\"sv, "\\/"sv, "<<"sv, ">>"sv, "<="sv, ">="sv, "=="sv, "!="sv,
    "&&"sv,  "||"sv,  "=>"sv,  "<>"sv,  "++"sv, "--"sv, "+="sv, "-="sv, "*="sv, "/="sv,
    "%="sv,  "&="sv,  "|="sv,  "^="sv,  "->"sv, "("sv,  ")"sv,  "{"sv,  "}"sv,  "["sv,
    "]"sv,   ","sv,   ";"sv,   ":"sv,   "="sv,  "<"sv,  ">"sv,  "+"sv,  "-"sv,  "*"sv,
    "/"sv,   "%"sv,   "&"sv,   "|"sv,   "^"sv,  "~"sv,  "!"sv,  "?"sv,  "."sv};

class Lexer {
 public:
  Lexer(std::string_view text, const Header& header) : scanner_(text, header.end, header.at) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    for (;;) {
      skip_gaps();
      tokens.push_back(next());
      if (tokens.back().kind == TokenKind::end) return tokens;
      note_nesting(tokens.back().text);
    }
  }

 private:
  void skip_gaps() {
    for (;;) {
      if (is_space(scanner_.peek())) {
        scanner_.advance();
      } else if (!scanner_.skip_comment(!in_code())) {
        return;
      }
    }
  }

  /// Code is what stands in braces; the first pair is the initial state.
  bool in_code() const { return initial_state_read_ && braces_ > 0; }

  void note_nesting(std::string_view symbol) {
    if (symbol == "{") ++braces_;
    if (symbol == "}" && braces_ > 0 && --braces_ == 0) initial_state_read_ = true;
  }

  Token next() {
    const Position at = scanner_.position();
    if (scanner_.at_end()) return {TokenKind::end, "end of file", at};
    const std::string_view rest = scanner_.rest();
    const char first = rest.front();
    if (is_word(first)) {
      const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
      const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
      scanner_.advance(word.size());
      return {is_digit(first) ? TokenKind::number : TokenKind::name, word, at};
    }
    for (const std::string_view symbol : symbols) {
      if (!rest.starts_with(symbol)) continue;
      scanner_.advance(symbol.size());
      return {TokenKind::symbol, rest.substr(0, symbol.size()), at};
    }
    throw Error(at, "unexpected " + show_byte(first));
  }

  Scanner scanner_;
  std::size_t braces_ = 0;
  bool initial_state_read_ = false;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view text, const Header& header) {
  return Lexer(text, header).run();
}

}  // namespace heddle::litmus
