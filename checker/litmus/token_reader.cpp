#include "checker/litmus/token_reader.hpp"

#include <algorithm>
#include <charconv>

namespace heddle::litmus {

const Token& TokenReader::peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token TokenReader::take() {
  const Token token = peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool TokenReader::accept(std::string_view text) {
  if (!is(text)) return false;
  take();
  return true;
}

Token TokenReader::expect(std::string_view text, std::string_view where) {
  if (!is(text)) unexpected("'" + std::string(text) + "' " + std::string(where));
  return take();
}

Token TokenReader::expect_name(std::string_view what) {
  if (peek().kind != TokenKind::name) unexpected(what);
  return take();
}

std::int32_t TokenReader::expect_integer(std::string_view what) {
  const bool negative = accept("-");
  if (peek().kind != TokenKind::number) unexpected(what);
  return to_integer(take(), negative);
}

void TokenReader::unexpected(std::string_view what) const {
  throw Error(peek().at, "expected " + std::string(what) + ", not " +
                             (at_end() ? "end of file" : quoted(peek().text)));
}

std::int32_t thread_number(std::string_view word) {
  if (word.size() < 2 || word.size() > 5 || word[0] != 'P') return -1;
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size() && number >= 0 ? number : -1;
}

std::string quoted(std::string_view word) {
  constexpr std::size_t longest = 40;
  if (word.size() <= longest) return "'" + std::string(word) + "'";
  return "'" + std::string(word.substr(0, longest)) + "...'";
}

std::int32_t to_integer(const Token& number, bool negative) {
  std::string_view digits = number.text;
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    digits.remove_prefix(2);
    base = 16;
  } else if (digits.size() > 1 && digits[0] == '0') {
    throw Error(number.at, quoted(digits) + " is octal in C and decimal in herd7: drop the zero");
  }
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || parsed.ptr != end) {
    throw Error(number.at, quoted(number.text) + " is not an integer");
  }
  const std::uint64_t most = negative ? 1ULL << 31 : (1ULL << 31) - 1;
  if (parsed.ec != std::errc() || value > most) {
    throw Error(number.at, quoted(number.text) + " does not fit into an int of 32 bits");
  }
  return static_cast<std::int32_t>(negative ? -static_cast<std::int64_t>(value)
                                            : static_cast<std::int64_t>(value));
}

}  // namespace heddle::litmus
