#include "checker/litmus/header.hpp"

#include <algorithm>

#include "checker/litmus/scanner.hpp"

namespace heddle::litmus {
namespace {

constexpr std::size_t longest_name = 200;

bool in_test_name(char c) {
  return is_word(c) || std::string_view("/.-+[]:").find(c) != std::string_view::npos;
}

void skip_blanks(Scanner& scanner) {
  while (scanner.peek() == ' ' || scanner.peek() == '\t' || scanner.peek() == '\r')
    scanner.advance();
}

std::string_view take(Scanner& scanner, bool (*wanted)(char)) {
  const std::string_view rest = scanner.rest();
  const auto end = std::find_if_not(rest.begin(), rest.end(), wanted);
  const auto length = static_cast<std::size_t>(end - rest.begin());
  scanner.advance(length);
  return rest.substr(0, length);
}

void skip_quoted(Scanner& scanner) {
  const Position begin = scanner.position();
  for (scanner.advance(); scanner.peek() != '"'; scanner.advance()) {
    if (scanner.at_end()) throw Error(begin, "the text that begins here has no closing '\"'");
  }
  scanner.advance();
}

/// KEY=VALUE up to the end of the line.
void skip_information(Scanner& scanner) {
  const Position begin = scanner.position();
  take(scanner, [](char c) { return is_word(c) || c == '-' || c == '.' || c == '/'; });
  skip_blanks(scanner);
  if (scanner.peek() != '=') {
    throw Error(begin, "expected a line KEY=VALUE, or the initial state in braces");
  }
  scanner.advance_to_line_end();
}

std::string read_name(Scanner& scanner) {
  while (is_space(scanner.peek()) || scanner.skip_comment(true)) {
    if (is_space(scanner.peek())) scanner.advance();
  }
  const Position begin = scanner.position();
  if (scanner.at_end()) throw Error(begin, "the file is empty; it should begin with 'C NAME'");
  const std::string_view language = take(scanner, is_word);
  if (language.empty()) {
    throw Error(begin, "expected 'C NAME', the language and name of the test, not " +
                           show_byte(scanner.peek()));
  }
  if (language != "C") {
    throw Error(begin, "tests in '" + std::string(language.substr(0, 40)) +
                           "' are not supported: only those in C, whose first line is 'C NAME'");
  }
  skip_blanks(scanner);
  const Position at = scanner.position();
  const std::string_view name = take(scanner, in_test_name);
  if (name.empty()) throw Error(at, "expected the name of the test after 'C'");
  if (name.size() > longest_name) throw Error(at, "the name of the test is longer than 200 bytes");
  return std::string(name);
}

}  // namespace

Header read_header(std::string_view text) {
  Scanner scanner(text, 0, {});
  Header header{.name = read_name(scanner)};
  skip_blanks(scanner);
  if (scanner.peek() == '(' && !scanner.rest().starts_with("(*")) {  // its name in LaTeX
    const Position begin = scanner.position();
    while (scanner.peek() != ')') {
      if (scanner.at_end() || scanner.peek() == '\n') throw Error(begin, "'(' without ')'");
      scanner.advance();
    }
    scanner.advance();
  }
  for (;;) {
    const char c = scanner.peek();
    if (scanner.at_end()) {
      throw Error(scanner.position(), "expected the initial state in braces, not end of file");
    }
    if (c == '{') break;
    if (is_space(c) || c == ';') {
      scanner.advance();
    } else if (c == '"') {
      skip_quoted(scanner);
    } else if (is_letter(c)) {
      skip_information(scanner);
    } else if (!scanner.skip_comment(true)) {
      throw Error(scanner.position(), "expected the initial state in braces, not " + show_byte(c));
    }
  }
  header.end = scanner.offset();
  header.at = scanner.position();
  return header;
}

}  // namespace heddle::litmus
