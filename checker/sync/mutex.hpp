// The standard's mutexes beyond api::mutex, under their names and with its functions.
#pragma once

#include "checker/api/mutex.hpp"
#include "checker/sync/lock.hpp"

namespace heddle::sync {

using api::mutex;

/// std::recursive_mutex: the owner may lock it again. Further locks of it are no events.
class recursive_mutex {
 public:
  explicit recursive_mutex(api::Site site = api::Site::current()) : mutex_(site) {}

  void lock(api::Site site = api::Site::current());
  bool try_lock(api::Site site = api::Site::current());
  void unlock(api::Site site = api::Site::current());

 private:
  api::mutex mutex_;
};

/// What the mutexes with times have in common. A time says that there is one, not how long it is.
class basic_timed_mutex {
 public:
  void lock(api::Site site = api::Site::current()) { lock_.lock(Ownership::exclusive, site); }
  bool try_lock(api::Site site = api::Site::current()) {
    return lock_.try_lock(Ownership::exclusive, site, may_fail_spuriously);
  }
  template <typename Duration>
  bool try_lock_for(const Duration& /*time*/, api::Site site = api::Site::current()) {
    return lock_.lock_timed(Ownership::exclusive, site);
  }
  template <typename TimePoint>
  bool try_lock_until(const TimePoint& /*time*/, api::Site site = api::Site::current()) {
    return lock_.lock_timed(Ownership::exclusive, site);
  }
  void unlock(api::Site site = api::Site::current()) { lock_.unlock(Ownership::exclusive, site); }

 protected:
  basic_timed_mutex(LockTraits traits, api::Site site) : lock_(traits, site) {}

  static constexpr bool may_fail_spuriously = true;
  owner_lock lock_;
};

/// std::timed_mutex.
class timed_mutex : public basic_timed_mutex {
 public:
  explicit timed_mutex(api::Site site = api::Site::current()) : basic_timed_mutex({}, site) {}
};

/// std::recursive_timed_mutex.
class recursive_timed_mutex : public basic_timed_mutex {
 public:
  explicit recursive_timed_mutex(api::Site site = api::Site::current())
      : basic_timed_mutex({.recursive = true}, site) {}
};

/// std::shared_timed_mutex.
class shared_timed_mutex : public basic_timed_mutex {
 public:
  explicit shared_timed_mutex(api::Site site = api::Site::current())
      : basic_timed_mutex({.shared = true}, site) {}

  void lock_shared(api::Site site = api::Site::current()) { lock_.lock(Ownership::shared, site); }
  bool try_lock_shared(api::Site site = api::Site::current()) {
    return lock_.try_lock(Ownership::shared, site, may_fail_spuriously);
  }
  template <typename Duration>
  bool try_lock_shared_for(const Duration& /*time*/, api::Site site = api::Site::current()) {
    return lock_.lock_timed(Ownership::shared, site);
  }
  template <typename TimePoint>
  bool try_lock_shared_until(const TimePoint& /*time*/, api::Site site = api::Site::current()) {
    return lock_.lock_timed(Ownership::shared, site);
  }
  void unlock_shared(api::Site site = api::Site::current()) {
    lock_.unlock(Ownership::shared, site);
  }
};

/// std::shared_mutex: the same without times.
class shared_mutex : public shared_timed_mutex {
 public:
  explicit shared_mutex(api::Site site = api::Site::current()) : shared_timed_mutex(site) {}
};

}  // namespace heddle::sync
