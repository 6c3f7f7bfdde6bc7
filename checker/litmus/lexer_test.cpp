#include <gtest/gtest.h>

#include "checker/litmus/token.hpp"

namespace heddle::litmus {
namespace {

std::vector<Token> tokens_of(std::string_view text) { return read_tokens(text, read_header(text)); }

std::string words_of(std::string_view text) {
  std::string words;
  for (const Token& token : tokens_of(text)) {
    if (token.kind != TokenKind::end) words += (words.empty() ? "" : " ") + std::string(token.text);
  }
  return words;
}

TEST(Header, NameAndBeginning) {
  EXPECT_EQ(read_header("C MP+rel-acq.[a]\n{}").name, "MP+rel-acq.[a]");
  const Header header =
      read_header("C a (a in LaTeX)\n\"Rfe PodRR\"\nCycle=Rfe {PodRR\n\n  {x=1;}");
  EXPECT_EQ(header.name, "a");
  EXPECT_EQ(header.at, (Position{5, 3}));
}

TEST(Header, CommentsMayStandAnywhere) {
  EXPECT_EQ(read_header("(* first (* nested *) *)\nC a // rest\n/* { */ (* { *)\n{}").at,
            (Position{4, 1}));
}

TEST(Header, LinesOfWindows) {
  EXPECT_EQ(read_header("C a\r\nKey = value\r\n\r\n{}\r\n").at, (Position{4, 1}));
}

TEST(Lexer, LongerSymbolsFirst) {
  EXPECT_EQ(words_of("C a\n{} a<=b<<c=>d==e/\\f\\/g!=h&&i&j"),
            "{ } a <= b << c => d == e /\\ f \\/ g != h && i & j");
}

TEST(Lexer, NumbersAndNames) {
  const auto tokens = tokens_of("C a\n{} 0:r0 -12 0x1f _x9");
  ASSERT_EQ(tokens.size(), 10U);
  EXPECT_EQ(tokens[2].kind, TokenKind::number);
  EXPECT_EQ(tokens[4].kind, TokenKind::name);
  EXPECT_EQ(tokens[5].text, "-");
  EXPECT_EQ(tokens[6].text, "12");
  EXPECT_EQ(tokens[7].text, "0x1f");
  EXPECT_EQ(tokens[8].text, "_x9");
  EXPECT_EQ(tokens[9].kind, TokenKind::end);
}

TEST(Lexer, PositionsCountLinesAndBytes) {
  const auto tokens = tokens_of("C a\n{}\n  x\n\ty");
  EXPECT_EQ(tokens[0].at, (Position{2, 1}));
  EXPECT_EQ(tokens[2].at, (Position{3, 3}));
  EXPECT_EQ(tokens[3].at, (Position{4, 2}));
}

TEST(Lexer, CommentsAreDropped) {
  EXPECT_EQ(words_of("C a\n{ x (* in (* out *) *) = /* y */ 1; // z\n}"), "{ x = 1 ; }");
}

TEST(Lexer, InCodeAParenthesisBeforeAStarIsC) {
  EXPECT_EQ(words_of("C a\n{} P0 (int* x) { if (*x) { } } (* end *) exists (* here *) (x=1)"),
            "{ } P0 ( int * x ) { if ( * x ) { } } exists ( x = 1 )");
}

}  // namespace
}  // namespace heddle::litmus
