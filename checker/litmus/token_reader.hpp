// Reads tokens one after the other; the parsers for code and for conditions share it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/litmus/syntax.hpp"
#include "checker/litmus/token.hpp"

namespace heddle::litmus {

class TokenReader {
 public:
  /// The last of `tokens` has kind `end`.
  explicit TokenReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  /// The token `ahead` of the next one; the end again behind the end.
  const Token& peek(std::size_t ahead = 0) const;
  Token take();

  bool is(std::string_view text) const { return peek().text == text && !at_end(); }
  bool at_end() const { return peek().kind == TokenKind::end; }
  /// Takes the next token if it is `text`.
  bool accept(std::string_view text);
  /// Takes the next token, which must be `text`. Throws Error else; `where` says in the message
  /// what it was expected for: "after the parameters".
  Token expect(std::string_view text, std::string_view where);
  /// Takes the next token, which must be a name. `what` says of what.
  Token expect_name(std::string_view what);
  /// Takes an integer with an optional '-'. Throws Error if it does not fit into an int.
  std::int32_t expect_integer(std::string_view what);

  /// Throws "expected `what`, not `the next token`".
  [[noreturn]] void unexpected(std::string_view what) const;

 private:
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

/// Counts how deep the parser stands in nested constructs, so that its stack does not overflow.
class Nesting {
 public:
  /// Throws Error if it is too deep.
  Nesting(std::uint32_t& depth, Position at) : depth_(depth) {
    if (depth_ >= deepest_nesting) throw Error(at, "nested too deeply");
    ++depth_;
  }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  std::uint32_t& depth_;
};

/// The number of a thread's name, "P1", or -1 if `word` is none. Numbers end at 9999.
std::int32_t thread_number(std::string_view word);

/// A token for a message, shortened if it is long.
std::string quoted(std::string_view word);

/// The value of a number as C writes it, or of its two's complement if `negative`. Throws Error if
/// it is none or does not fit into an int.
std::int32_t to_integer(const Token& number, bool negative);

}  // namespace heddle::litmus
