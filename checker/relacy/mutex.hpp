// rl::mutex: api::mutex takes the source position as Relacy's mutex does, so `m.lock($)` just
// works.
#pragma once

#include "checker/api/mutex.hpp"
#include "checker/relacy/site.hpp"

namespace rl {

using mutex = heddle::api::mutex;

}  // namespace rl
