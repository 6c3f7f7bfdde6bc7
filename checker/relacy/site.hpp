// `$`: the source position that Relacy passes to every access.
#pragma once

#include "checker/api/op.hpp"

namespace rl {

using debug_info = heddle::api::Site;
using debug_info_param = const debug_info&;

}  // namespace rl

// clang warns wherever `$` is used; where this header is included, that is what it is for.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#endif

#define RL_INFO ::heddle::api::Site::current()
#define $ RL_INFO
