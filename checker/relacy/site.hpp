// `$`: the source position that Relacy passes to every access.
#pragma once

#include <version>
#ifdef __cpp_lib_source_location
#include <source_location>
#endif

#include "checker/api/op.hpp"

namespace rl {

/// heddle::api::Site in Relacy's words; each converts to the other.
struct debug_info {
  const char* func_;
  const char* file_;
  unsigned line_;
  unsigned unused_ = 0;  // no padding, as in Site

  constexpr debug_info(const char* func = "", const char* file = "", unsigned line = 0) noexcept
      : func_(func), file_(file), line_(line) {}
  constexpr debug_info(const heddle::api::Site& site) noexcept
      : debug_info(site.function, site.file, site.line) {}
#ifdef __cpp_lib_source_location
  constexpr debug_info(const std::source_location& place) noexcept
      : debug_info(place.function_name(), place.file_name(), place.line()) {}
#endif
  constexpr operator heddle::api::Site() const noexcept {
    return heddle::api::Site::at(file_, func_, line_);
  }

  static constexpr debug_info current(const char* func = __builtin_FUNCTION(),
                                      const char* file = __builtin_FILE(),
                                      unsigned line = __builtin_LINE()) noexcept {
    return {func, file, line};
  }
};
using debug_info_param = const debug_info&;

}  // namespace rl

// clang warns wherever `$` is used; where this header is included, that is what it is for.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#endif

#define RL_INFO ::rl::debug_info::current()
#define $ RL_INFO

// For functions of tests that pass a position on, as Relacy's own do.
#define DEFAULTED_DEBUG_INFO = ::rl::debug_info::current()
#define DEFAULTED_ATOMIC_OP_MO = ::rl::mo_seq_cst
