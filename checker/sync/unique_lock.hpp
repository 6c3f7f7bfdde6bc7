// unique_lock and shared_lock, as in the standard.
#pragma once

#include <memory>
#include <utility>

#include "checker/sync/locks.hpp"

namespace heddle::sync {
namespace detail {

/// What unique_lock and shared_lock have in common. `Derived` says what locking means.
template <typename Derived, typename Mutex>
class movable_lock {
 public:
  using mutex_type = Mutex;

  movable_lock() = default;
  explicit movable_lock(Mutex& mutex, api::Site site = api::Site::current())
      : mutex_(std::addressof(mutex)), site_(site) {
    lock(site);
  }
  movable_lock(Mutex& mutex, defer_lock_t, api::Site site = api::Site::current())
      : mutex_(std::addressof(mutex)), site_(site) {}
  movable_lock(Mutex& mutex, try_to_lock_t, api::Site site = api::Site::current())
      : mutex_(std::addressof(mutex)), site_(site) {
    try_lock(site);
  }
  movable_lock(Mutex& mutex, adopt_lock_t, api::Site site = api::Site::current())
      : mutex_(std::addressof(mutex)), site_(site), owns_(true) {}
  ~movable_lock() {
    if (owns_) Derived::give_back(*mutex_, site_);
  }
  movable_lock(movable_lock&& other) noexcept { swap(other); }
  movable_lock& operator=(movable_lock&& other) noexcept {
    if (owns_) unlock(site_);
    mutex_ = nullptr;
    swap(other);
    return *this;
  }

  void lock(api::Site site = api::Site::current()) {
    expect(!owns_, site);
    Derived::get(*mutex_, site);
    owns_ = true;
  }
  bool try_lock(api::Site site = api::Site::current()) {
    expect(!owns_, site);
    return owns_ = Derived::try_get(*mutex_, site);
  }
  template <typename Duration>
  bool try_lock_for(const Duration& time, api::Site site = api::Site::current()) {
    expect(!owns_, site);
    return owns_ = Derived::get_timed(*mutex_, time, site);
  }
  template <typename TimePoint>
  bool try_lock_until(const TimePoint& time, api::Site site = api::Site::current()) {
    return try_lock_for(time, site);
  }
  void unlock(api::Site site = api::Site::current()) {
    expect(owns_, site);
    Derived::give_back(*mutex_, site);
    owns_ = false;
  }

  void swap(movable_lock& other) noexcept {
    std::swap(mutex_, other.mutex_);
    std::swap(site_, other.site_);
    std::swap(owns_, other.owns_);
  }
  Mutex* release() noexcept {
    owns_ = false;
    return std::exchange(mutex_, nullptr);
  }
  bool owns_lock() const noexcept { return owns_; }
  explicit operator bool() const noexcept { return owns_; }
  Mutex* mutex() const noexcept { return mutex_; }

 private:
  /// The standard throws std::system_error here; nobody who writes that means it.
  void expect(bool condition, api::Site site) const {
    if (mutex_ != nullptr && condition) return;
    if (mutex_ != nullptr && owns_) {
      api::fail(api::Failure::locked_twice, "a lock object locks what it holds already", site);
    }
    api::fail(api::Failure::unlocked_unowned, "a lock object without a lock is used", site);
  }

  Mutex* mutex_ = nullptr;
  api::Site site_ = {};
  bool owns_ = false;
};

}  // namespace detail

template <typename Mutex>
class unique_lock : public detail::movable_lock<unique_lock<Mutex>, Mutex> {
 public:
  using detail::movable_lock<unique_lock<Mutex>, Mutex>::movable_lock;
  explicit unique_lock(Mutex& mutex, api::Site site = api::Site::current())
      : detail::movable_lock<unique_lock<Mutex>, Mutex>(mutex, site) {}
  unique_lock() = default;

  static void get(Mutex& mutex, api::Site site) { detail::lock_at(mutex, site); }
  static bool try_get(Mutex& mutex, api::Site site) { return detail::try_lock_at(mutex, site); }
  template <typename Time>
  static bool get_timed(Mutex& mutex, const Time& time, api::Site site) {
    return mutex.try_lock_for(time, site);
  }
  static void give_back(Mutex& mutex, api::Site site) { detail::unlock_at(mutex, site); }
};

template <typename Mutex>
class shared_lock : public detail::movable_lock<shared_lock<Mutex>, Mutex> {
 public:
  using detail::movable_lock<shared_lock<Mutex>, Mutex>::movable_lock;
  explicit shared_lock(Mutex& mutex, api::Site site = api::Site::current())
      : detail::movable_lock<shared_lock<Mutex>, Mutex>(mutex, site) {}
  shared_lock() = default;

  static void get(Mutex& mutex, api::Site site) { mutex.lock_shared(site); }
  static bool try_get(Mutex& mutex, api::Site site) { return mutex.try_lock_shared(site); }
  template <typename Time>
  static bool get_timed(Mutex& mutex, const Time& time, api::Site site) {
    return mutex.try_lock_shared_for(time, site);
  }
  static void give_back(Mutex& mutex, api::Site site) { mutex.unlock_shared(site); }
};

}  // namespace heddle::sync
