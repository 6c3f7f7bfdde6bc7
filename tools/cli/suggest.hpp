// Answers to misspelt names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heddle::cli {

/// The candidate that `name` is probably meant to be, or "" if none is near.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

/// "unknown model 'rc1'; did you mean 'rc11'? There are: sc, rc11". `kind` is a noun.
std::string unknown_name(std::string_view kind, std::string_view name,
                         const std::vector<std::string>& candidates);

}  // namespace heddle::cli
