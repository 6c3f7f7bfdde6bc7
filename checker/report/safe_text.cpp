#include "checker/report/safe_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace heddle::report {
namespace {

constexpr std::uint32_t not_utf8 = 0xFFFFFFFF;

struct CodePoint {
  std::uint32_t value;  // not_utf8 if the bytes are not valid
  std::size_t bytes;
};

// Decodes the character at the start of `text`, which is not empty. Overlong forms and surrogates
// are not valid: terminals disagree about them.
CodePoint decode(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {not_utf8, 1};
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {not_utf8, 1};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[bytes] || value > 0x10FFFF || surrogate) return {not_utf8, 1};
  return {value, bytes};
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, std::uint32_t value) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [value](Range r) { return r.first <= value && value <= r.last; });
}

bool harmful(std::uint32_t value) {
  constexpr std::array<Range, 7> ranges = {{{0x00, 0x1F},
                                            {0x7F, 0x9F},
                                            {0xAD, 0xAD},
                                            {0x200B, 0x200F},  // zero width, direction marks
                                            {0x2028, 0x202E},  // line breaks, direction overrides
                                            {0x2060, 0x206F},  // invisible operators, isolates
                                            {0xFEFF, 0xFEFF}}};
  return contains(ranges, value);
}

bool wide(std::uint32_t value) {
  constexpr std::array<Range, 8> ranges = {{{0x1100, 0x115F},
                                            {0x2E80, 0xA4CF},
                                            {0xAC00, 0xD7A3},
                                            {0xF900, 0xFAFF},
                                            {0xFE30, 0xFE6F},
                                            {0xFF00, 0xFF60},
                                            {0x1F300, 0x1FAFF},
                                            {0x20000, 0x3FFFD}}};
  return contains(ranges, value);
}

}  // namespace

std::string safe(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (point.value == not_utf8) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (point.value == '\n') {
      result += "\\n";
    } else if (point.value == '\t') {
      result += ' ';
    } else if (point.value < 0x80 && harmful(point.value)) {
      result += fmt::format("\\x{:02x}", point.value);
    } else if (harmful(point.value)) {
      result += fmt::format("\\u{{{:x}}}", point.value);
    } else {
      result += text.substr(0, point.bytes);
    }
    text.remove_prefix(point.bytes);
  }
  return result;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    count += wide(point.value) ? 2 : 1;
    text.remove_prefix(point.bytes);
  }
  return count;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  const std::string_view ellipsis =
      std::string_view("...").substr(0, std::min<std::size_t>(width, 3));
  std::size_t used = ellipsis.size();
  std::string result;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    used += wide(point.value) ? 2 : 1;
    if (used > width) break;
    result += text.substr(0, point.bytes);
    text.remove_prefix(point.bytes);
  }
  return result.append(ellipsis);
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width) {
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    at = end + 1;
  }
  return lines;
}

}  // namespace heddle::report
