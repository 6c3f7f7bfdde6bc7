// Relacy's macros for compilers, and the bases that it shares with tests.
#pragma once

#include <cstdlib>
#include <utility>

#define RL_INLINE inline
#define RL_NOINLINE
#define RL_RESTRICT
#define RL_STDCALL
#define RL_STRINGIZE(...) RL_STRINGIZE_I(__VA_ARGS__)
#define RL_STRINGIZE_I(...) #__VA_ARGS__
#define RL_THROW_SPEC(EXCEPTION) noexcept(false)
#define RL_INT3() ::std::abort()

// Ends its declaration by itself: tests may leave the semicolon out.
#define RL_NOCOPY(CLASS)        \
 private:                       \
  CLASS(const CLASS&) = delete; \
  CLASS& operator=(const CLASS&) = delete;

namespace rl {

/// A base that forbids copies. `Tag` tells bases of one class apart.
template <typename Tag = void>
class nocopy {
 public:
  nocopy(const nocopy&) = delete;
  nocopy& operator=(const nocopy&) = delete;

 protected:
  nocopy() = default;
};

using std::exchange;

}  // namespace rl
