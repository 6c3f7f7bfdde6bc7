// What the debug information of the running program says about its code and data.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/runtime/announced_code.hpp"

namespace heddle::hooks {

/// Places and names as the author of the program knows them. Needs -g; without it the functions'
/// names are all there is.
class ProgramCode final : public runtime::AnnouncedCode {
 public:
  ProgramCode();
  ~ProgramCode() override;

  /// The innermost call in a file of the author's own, not in a header of the system or of the
  /// compiler: that of `v.push_back(1)`, not a line of <vector>.
  const api::Site& site_of(const runtime::Caller& caller) override;
  std::string name_of(const void* address) override;

 private:
  class Debug;
  struct Found {
    api::Site site;
    bool own = false;  // in a file of the author's
  };

  const Found& place_of(const void* code);
  const Found* behind_library(const void* code);
  const char* keep(const std::string& text);

  std::unique_ptr<Debug> debug_;
  std::vector<std::byte> stack_;
  std::unordered_map<const void*, Found> places_;
  std::map<std::string, bool> texts_;
};

}  // namespace heddle::hooks
