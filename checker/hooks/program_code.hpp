// What the debug information of the running program says about its code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/runtime/announced_code.hpp"

namespace heddle::hooks {

/// Places as the author of the program knows them. Needs -g; without it the functions'
/// names are all there is.
class ProgramCode final : public runtime::AnnouncedCode {
 public:
  ProgramCode();

  /// The innermost call in a file of the author's own, not in a header of the system or of the
  /// compiler: that of `v.push_back(1)`, not a line of <vector>.
  const api::Site& site_of(const runtime::Caller& caller) override;

 private:
  struct Found {
    api::Site site;
    bool own = false;  // in a file of the author's
  };

  const Found& place_of(const void* code);
  const Found* behind_library(const void* code);
  const char* keep(const std::string& text);

  std::vector<std::byte> stack_;
  std::unordered_map<const void*, Found> places_;
  std::map<std::string, bool> texts_;
};

}  // namespace heddle::hooks
