// Strings from scenarios and files, made safe to print, and how wide they are on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::report {

/// `text` with everything that could steer a terminal or hide what is there (control characters,
/// direction marks, invisible characters, bytes that are not UTF-8) spelled out, as in "\x1b".
std::string safe(std::string_view text);

/// How many columns a safe string takes on a terminal.
std::size_t columns(std::string_view text);

/// The safe string itself if it fits into `width` columns, else its start and "...".
std::string shortened(std::string_view text, std::size_t width);

/// The safe string in lines of at most `width` columns, broken at blanks; a longer word has a line
/// of its own.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

}  // namespace heddle::report
