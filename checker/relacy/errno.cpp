#include "checker/relacy/assert.hpp"
#include "checker/sync/thread_value.hpp"

namespace rl {
namespace {

const char key = 0;

}  // namespace

int get_errno(debug_info info) { return static_cast<int>(heddle::sync::thread_value(&key, info)); }

void set_errno(int value, debug_info info) {
  heddle::sync::thread_value(&key, info) = static_cast<std::uint64_t>(value);
}

}  // namespace rl
