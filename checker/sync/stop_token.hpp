// stop_source and stop_token, as in the standard; there are no callbacks.
#pragma once

#include <new>

#include "checker/api/atomic.hpp"

namespace heddle::sync {

struct nostopstate_t {
  explicit nostopstate_t() = default;
};
inline constexpr nostopstate_t nostopstate{};

namespace detail {

using StopState = api::atomic<bool>;

/// In memory that lasts as long as the calling thread: nobody has to count its users, which copies
/// of thread functions could not do.
inline StopState* new_stop_state(api::Site site) {
  return new (api::engine(site).thread_memory(sizeof(StopState))) StopState(false, site);
}

}  // namespace detail

class stop_token {
 public:
  stop_token() = default;
  explicit stop_token(detail::StopState* state) : state_(state) {}

  bool stop_requested(api::Site site = api::Site::current()) const noexcept {
    return state_ != nullptr && state_->load(std::memory_order_acquire, site);
  }
  bool stop_possible() const noexcept { return state_ != nullptr; }
  bool operator==(const stop_token&) const = default;

 private:
  detail::StopState* state_ = nullptr;
};

class stop_source {
 public:
  explicit stop_source(api::Site site = api::Site::current())
      : state_(detail::new_stop_state(site)) {}
  explicit stop_source(nostopstate_t) noexcept {}

  stop_token get_token() const noexcept { return stop_token(state_); }
  /// Returns whether this call is the first one.
  bool request_stop(api::Site site = api::Site::current()) noexcept {
    return state_ != nullptr && !state_->exchange(true, std::memory_order_acq_rel, site);
  }
  bool stop_requested(api::Site site = api::Site::current()) const noexcept {
    return get_token().stop_requested(site);
  }
  bool stop_possible() const noexcept { return state_ != nullptr; }

 private:
  detail::StopState* state_ = nullptr;
};

}  // namespace heddle::sync
