// From tokens to the tree: one function per construct of the language.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/litmus/syntax.hpp"
#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {

/// The parts of a file behind its header, in their order. All throw Error.
void parse_initial_state(TokenReader& reader, Test& test);
void parse_threads(TokenReader& reader, Test& test);
void parse_condition(TokenReader& reader, Test& test);

/// A register, "0:r0" or "P0:r0", or an object, "x" or "[x]". Throws Error if neither is next.
Location parse_location(TokenReader& reader);

/// Parses the code of threads.
class CodeParser {
 public:
  explicit CodeParser(TokenReader& reader) : reader_(reader) {}

  /// What stands between braces, and the braces.
  std::vector<Statement> block();

 private:
  Statement statement();
  Statement declaration();
  Statement branch();
  Statement write();
  Statement assignment();
  std::vector<Statement> body_of_branch();
  [[noreturn]] void refuse_keyword() const;

  Expression expression() { return binary(0); }
  Expression binary(int least_precedence);
  Expression unary();
  Expression primary();
  Expression call();
  void argument(Expression& call, char kind);
  void expected_argument(Expression& call);

  TokenReader& reader_;
  std::uint32_t depth_ = 0;
};

/// A type as it stands before a name.
struct Type {
  bool atomic = false;
  std::uint32_t pointers = 0;  // number of '*' behind it
};

/// Whether a type may begin with the next token.
bool begins_type(const TokenReader& reader);
/// Throws Error if the type is not one of 32-bit ints.
Type parse_type(TokenReader& reader);

}  // namespace heddle::litmus
