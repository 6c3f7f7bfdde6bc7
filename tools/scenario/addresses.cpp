#include "tools/scenario/addresses.hpp"

#include <sys/personality.h>
#include <unistd.h>

namespace heddle::cli {

void fix_addresses(const char* const* argv) {
  constexpr unsigned long ask = 0xffffffff;
  const int now = personality(ask);
  if (now < 0 || (now & ADDR_NO_RANDOMIZE) != 0) return;
  if (personality(static_cast<unsigned>(now) | ADDR_NO_RANDOMIZE) < 0) return;
  execv("/proc/self/exe", const_cast<char* const*>(argv));
  // It goes on as it is: only a scenario that looks at addresses would see that.
}

}  // namespace heddle::cli
