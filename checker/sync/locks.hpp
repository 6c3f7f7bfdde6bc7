// lock_guard, unique_lock, shared_lock, scoped_lock and lock(), as in the standard.
#pragma once

#include <tuple>
#include <utility>

#include "checker/api/control.hpp"

namespace heddle::sync {

struct adopt_lock_t {
  explicit adopt_lock_t() = default;
};
struct defer_lock_t {
  explicit defer_lock_t() = default;
};
struct try_to_lock_t {
  explicit try_to_lock_t() = default;
};
inline constexpr adopt_lock_t adopt_lock{};
inline constexpr defer_lock_t defer_lock{};
inline constexpr try_to_lock_t try_to_lock{};

namespace detail {

inline constexpr int most_rounds = 5;  // of std::lock

/// Locks of this library take the position of the call, others need not.
template <typename Lock>
void lock_at(Lock& lock, api::Site site) {
  if constexpr (requires { lock.lock(site); }) {
    lock.lock(site);
  } else {
    lock.lock();
  }
}
template <typename Lock>
void unlock_at(Lock& lock, api::Site site) {
  if constexpr (requires { lock.unlock(site); }) {
    lock.unlock(site);
  } else {
    lock.unlock();
  }
}
template <typename Lock>
bool try_lock_at(Lock& lock, api::Site site) {
  if constexpr (requires { lock.try_lock(site); }) {
    return lock.try_lock(site);
  } else {
    return lock.try_lock();
  }
}

/// Tries the locks from the `first` on in a circle. Returns the number of the one that it did not
/// get, having given the others back, or -1 if it has all.
template <typename... Locks>
int try_all(int first, api::Site site, Locks&... locks) {
  constexpr int count = sizeof...(Locks);
  const auto visit = [&](int wanted, auto action) {
    int at = 0;
    bool result = false;
    ((at++ == wanted ? void(result = action(locks)) : void()), ...);
    return result;
  };
  for (int i = 1; i < count; ++i) {
    if (visit((first + i) % count, [&](auto& lock) { return try_lock_at(lock, site); })) continue;
    for (int j = i; j-- > 0;) {
      visit((first + j) % count, [&](auto& lock) { return unlock_at(lock, site), true; });
    }
    return (first + i) % count;
  }
  return -1;
}

}  // namespace detail

/// std::lock: gets all without deadlock, by giving back what it has when it can't get the next.
/// Executions in which it gives back more than `most_rounds` times are not explored further.
template <typename... Locks>
void lock_all(api::Site site, Locks&... locks) {
  int first = 0;
  for (int round = 0;; ++round) {
    if (round > detail::most_rounds) {
      api::note_bound("at most 5 times that std::lock gives back what it has, per call", site);
      api::skip_unless(false, site);
    }
    int at = 0;
    ((at++ == first ? detail::lock_at(locks, site) : void()), ...);
    first = detail::try_all(first, site, locks...);
    if (first < 0) return;
  }
}

template <typename A, typename B, typename... More>
void lock(A& a, B& b, More&... more) {
  lock_all(api::Site::current(), a, b, more...);
}

template <typename Mutex>
class lock_guard {
 public:
  using mutex_type = Mutex;

  explicit lock_guard(Mutex& mutex, api::Site site = api::Site::current())
      : mutex_(mutex), site_(site) {
    detail::lock_at(mutex_, site);
  }
  lock_guard(Mutex& mutex, adopt_lock_t, api::Site site = api::Site::current())
      : mutex_(mutex), site_(site) {}
  ~lock_guard() { detail::unlock_at(mutex_, site_); }
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  Mutex& mutex_;
  api::Site site_;
};

/// Locks in its constructor, without deadlock among scoped_locks.
template <typename... Mutexes>
class scoped_lock {
 public:
  explicit scoped_lock(Mutexes&... mutexes) : scoped_lock(api::Site::current(), mutexes...) {}
  explicit scoped_lock(adopt_lock_t, Mutexes&... mutexes) : mutexes_(mutexes...) {}
  ~scoped_lock() {
    std::apply([&](auto&... each) { (detail::unlock_at(each, site_), ...); }, mutexes_);
  }
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;

 private:
  scoped_lock(api::Site site, Mutexes&... mutexes) : mutexes_(mutexes...), site_(site) {
    if constexpr (sizeof...(Mutexes) == 1) {
      (detail::lock_at(mutexes, site), ...);
    } else if constexpr (sizeof...(Mutexes) > 1) {
      lock_all(site, mutexes...);
    }
  }

  std::tuple<Mutexes&...> mutexes_;
  api::Site site_ = api::Site::current();
};

}  // namespace heddle::sync
