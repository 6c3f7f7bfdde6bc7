#include "checker/sync/mutex.hpp"

#include "checker/sync/thread_value.hpp"

namespace heddle::sync {

void recursive_mutex::lock(api::Site site) {
  std::uint64_t& depth = thread_value(this, site);
  if (depth == 0) mutex_.lock(site);
  ++depth;
}

bool recursive_mutex::try_lock(api::Site site) {
  std::uint64_t& depth = thread_value(this, site);
  if (depth == 0 && !mutex_.try_lock(site)) return false;
  ++depth;
  return true;
}

void recursive_mutex::unlock(api::Site site) {
  std::uint64_t& depth = thread_value(this, site);
  // Without a lock of its own, the mutex reports it.
  if (depth > 1) {
    --depth;
  } else {
    depth = 0;
    mutex_.unlock(site);
  }
}

}  // namespace heddle::sync
