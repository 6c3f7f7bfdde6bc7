// What a test written for Relacy includes, as <relacy/relacy.hpp> (the CMake target
// heddle::relacy).
#pragma once

#if __cplusplus < 202002L
#error "heddle needs C++20 for tests that are written for Relacy: compile with -std=c++20"
#endif

// Where fakestd/ is on the include path, the standard's names are Relacy's, whatever is included.
#if __has_include(<relacy_std_prologue.hpp>)
#include "checker/relacy/front/std_prologue.hpp"
#define HEDDLE_STD_PROLOGUE  // our own headers get nothing either
#endif
#include "checker/relacy/front/std_headers.hpp"
//
#include "checker/relacy/history.hpp"
#include "checker/relacy/memory.hpp"
#include "checker/relacy/relacy.hpp"
#include "checker/relacy/simulate.hpp"

#if defined(RL_JAVA_MODE) || defined(RL_CLI_MODE) || defined(RL_GC)
#error "heddle has no garbage-collected modes of Relacy (RL_JAVA_MODE, RL_CLI_MODE, RL_GC)"
#endif
#ifdef RL_IMPROVED_SEQ_CST_FENCE
#error "heddle has no RL_IMPROVED_SEQ_CST_FENCE: C++20's fences are as strong"
#endif

#include "checker/relacy/front/order_names.hpp"

#define RL_TEST
#define RL_NEW_PROXY new
#define RL_DELETE_PROXY delete

#define malloc(...) ::rl::rl_malloc(__VA_ARGS__, $)
#define calloc(...) ::rl::rl_calloc(__VA_ARGS__, $)
#define realloc(...) ::rl::rl_realloc(__VA_ARGS__, $)
#define free(...) ::rl::rl_free(__VA_ARGS__, $)

#undef assert
#define assert RL_ASSERT

#include "checker/relacy/front/posix_names.hpp"
#include "checker/relacy/front/win32_names.hpp"

#if __has_include(<relacy_std_prologue.hpp>)
#undef HEDDLE_STD_PROLOGUE
#include "checker/relacy/front/std_names.hpp"
#endif
