// Apart from the rest: programs that don't link this file have threads that nothing interrupts.
#include "checker/sync/systemwide_fence.hpp"

#include "checker/relacy/assert.hpp"
#include "checker/relacy/run_hook.hpp"

namespace rl {
namespace {

const RunHook hook(heddle::sync::begin_systemwide_fences, heddle::sync::end_systemwide_fences);

}  // namespace

void systemwide_fence(debug_info info) { heddle::sync::systemwide_fence(info); }

}  // namespace rl
