#include "checker/report/safe_text.hpp"

#include <gtest/gtest.h>

namespace heddle::report {
namespace {

TEST(SafeText, SpellsOutWhatCouldSteerATerminal) {
  EXPECT_EQ(safe("plain \"text\""), "plain \"text\"");
  EXPECT_EQ(safe("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(safe("a\tb\nc\r\x7f"), "a b\\nc\\x0d\\x7f");
  EXPECT_EQ(safe(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(safe("\xc2\x9b"), "\\u{9b}");
  EXPECT_EQ(safe("\xe2\x80\xae"), "\\u{202e}");
  EXPECT_EQ(safe("r\xc3\xa9sum\xc3\xa9"), "r\xc3\xa9sum\xc3\xa9");
}

TEST(SafeText, SpellsOutBytesThatAreNotUtf8) {
  EXPECT_EQ(safe("\xe9"), "\\xe9");
  EXPECT_EQ(safe("\xc3"), "\\xc3");
  EXPECT_EQ(safe("\xc0\x9b"), "\\xc0\\x9b");           // overlong
  EXPECT_EQ(safe("\xe0\x80\x9b"), "\\xe0\\x80\\x9b");  // overlong
  EXPECT_EQ(safe("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // surrogate
  EXPECT_EQ(safe("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(SafeText, CountsColumnsNotBytes) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("r\xc3\xa9"), 2U);
  EXPECT_EQ(columns("\xe4\xb8\xad"), 2U);
}

TEST(SafeText, Shortens) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abc...");
  EXPECT_EQ(shortened("abcdefg", 2), "..");
  EXPECT_EQ(shortened("abcdefg", 0), "");
  EXPECT_EQ(shortened("\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad", 5), "\xe4\xb8\xad...");
}

}  // namespace
}  // namespace heddle::report
