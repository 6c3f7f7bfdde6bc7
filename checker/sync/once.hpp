// call_once, as in the standard.
#pragma once

#include <functional>
#include <utility>

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"

namespace heddle::sync {

class once_flag {
 public:
  once_flag(api::Site site = api::Site::current()) : state_(idle, site) {}
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;

  /// Returns true if the caller is the one that has to run the function; else somebody did.
  bool begin(api::Site site) {
    unsigned state = idle;
    api::await(
        [&] {
          state = idle;
          constexpr auto acquire = std::memory_order_acquire;
          return state_.compare_exchange_strong(state, running, acquire, acquire, site) ||
                 state == done;
        },
        site);
    return state == idle;
  }
  /// Ends what begin() began: `succeeded`, or the next one tries again.
  void end(bool succeeded, api::Site site) {
    state_.store(succeeded ? done : idle, std::memory_order_release, site);
  }

 private:
  static constexpr unsigned idle = 0, running = 1, done = 2;
  api::atomic<unsigned> state_;
};

/// Runs the function in exactly one of all calls with this flag; the others return after it has
/// returned. If it throws, another call runs it.
template <typename Function, typename... Args>
void call_once(once_flag& flag, Function&& function, Args&&... args) {
  const api::Site site = api::Site::current();
  if (!flag.begin(site)) return;
  try {
    std::invoke(std::forward<Function>(function), std::forward<Args>(args)...);
  } catch (...) {
    flag.end(false, site);
    throw;
  }
  flag.end(true, site);
}

}  // namespace heddle::sync
