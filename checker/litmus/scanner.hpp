// Walks over a text and knows the place in it; what kinds of characters there are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "checker/litmus/position.hpp"

namespace heddle::litmus {

/// Characters as C's locale "C" has them; the functions of <cctype> depend on the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// How a byte is shown in a message: 'x', or 0x1b where it is not printable.
std::string show_byte(char byte);

/// A place in a text that moves forward only.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t offset, Position at)
      : text_(text), offset_(offset), at_(at) {}

  bool at_end() const { return offset_ >= text_.size(); }
  std::size_t offset() const { return offset_; }
  Position position() const { return at_; }
  std::string_view rest() const { return text_.substr(offset_); }
  /// The byte here, or '\0' at the end.
  char peek() const { return at_end() ? '\0' : text_[offset_]; }

  void advance(std::size_t bytes = 1) {
    for (; bytes > 0 && !at_end(); --bytes) {
      if (text_[offset_++] == '\n') {
        ++at_.line;
        at_.column = 1;
      } else {
        ++at_.column;
      }
    }
  }

  /// Moves to the next '\n', or to the end.
  void advance_to_line_end() {
    while (!at_end() && peek() != '\n') advance();
  }

  /// Skips the comment that begins here, if one does: /* */, //, or, if `ml` is set, (* *), which
  /// nests. Throws Error if it has no end.
  bool skip_comment(bool ml);

 private:
  std::string_view text_;
  std::size_t offset_;
  Position at_;
};

}  // namespace heddle::litmus
