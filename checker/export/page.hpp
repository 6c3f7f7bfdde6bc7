// The viewer: made from tools/viewer at build time.
#pragma once

#include <array>
#include <string_view>

namespace heddle::exports {

/// The page without a trace, cut where one belongs: between the first two parts its text, between
/// the last two its data.
extern const std::array<std::string_view, 3> viewer_page;

}  // namespace heddle::exports
