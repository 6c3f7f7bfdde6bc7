// Properties, choice and yielding under Relacy's names.
#pragma once

#include "checker/api/control.hpp"
#include "checker/relacy/site.hpp"

/// Reports a violation that quotes the condition if it is false.
#define RL_ASSERT(condition) \
  ::heddle::api::check(static_cast<bool>(condition), "RL_ASSERT(" #condition ") failed", $)

/// Drops executions in which the condition is true, as Relacy does for branches that are of no
/// interest.
#define RL_UNTIL(condition) ::heddle::api::assume(!(condition), $)

namespace rl {

/// One of 0 .. limit-1. Every value is explored, so it costs a factor of `limit`.
inline unsigned rand(unsigned limit, debug_info info = debug_info::current()) {
  return heddle::api::choose(limit, info);
}

/// Does nothing: the checker recognises spin loops itself, so there is no scheduler to talk to.
inline void yield(unsigned /*rounds*/ = 1, debug_info /*info*/ = {}) {}

}  // namespace rl
