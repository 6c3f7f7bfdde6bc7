// condition_variable, for every kind of lock.
#pragma once

#include <concepts>

#include "checker/sync/locks.hpp"
#include "checker/sync/wait_queue.hpp"

namespace heddle::sync {

enum class cv_status : std::uint8_t { no_timeout, timeout };

/// What a timed wait without a predicate returns: the standard's cv_status, and for Relacy's tests
/// true if time did not run out.
struct TimedWait {
  cv_status status;
  operator bool() const { return status == cv_status::no_timeout; }
  operator cv_status() const { return status; }
  friend bool operator==(TimedWait a, cv_status b) { return a.status == b; }
};

/// std::condition_variable_any, which also serves as std::condition_variable. A notification that
/// comes too early is lost, and which thread is notified is explored; so are wake-ups for no reason
/// and time-outs, each once per thread and execution. Times say that there is one, not how long.
class condition_variable {
 public:
  explicit condition_variable(api::Site site = api::Site::current()) : queue_(site) {}
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;

  void notify_one(api::Site site = api::Site::current()) { queue_.wake(1, site); }
  void notify_all(api::Site site = api::Site::current()) { queue_.wake_all(site); }

  template <typename Lock>
  void wait(Lock& lock, api::Site site = api::Site::current()) {
    sleep(lock, {.may_be_spurious = true}, site);
  }
  template <typename Lock, std::predicate Predicate>
  void wait(Lock& lock, Predicate predicate, api::Site site = api::Site::current()) {
    while (!predicate()) wait(lock, site);
  }

  template <typename Lock, typename Time>
  TimedWait wait_for(Lock& lock, const Time& /*time*/, api::Site site = api::Site::current()) {
    const Wake wake = sleep(lock, {.timed = true, .may_be_spurious = true}, site);
    return {wake == Wake::timed_out ? cv_status::timeout : cv_status::no_timeout};
  }
  template <typename Lock, typename Time, std::predicate Predicate>
  bool wait_for(Lock& lock, const Time& time, Predicate predicate,
                api::Site site = api::Site::current()) {
    while (!predicate()) {
      if (!wait_for(lock, time, site)) return predicate();
    }
    return true;
  }
  template <typename Lock, typename Time>
  TimedWait wait_until(Lock& lock, const Time& time, api::Site site = api::Site::current()) {
    return wait_for(lock, time, site);
  }
  template <typename Lock, typename Time, std::predicate Predicate>
  bool wait_until(Lock& lock, const Time& time, Predicate predicate,
                  api::Site site = api::Site::current()) {
    return wait_for(lock, time, predicate, site);
  }

  /// What all waits are made of, for emulations that return the reason.
  template <typename Lock>
  Wake sleep(Lock& lock, SleepOptions options, api::Site site) {
    // In the queue before the lock is free: who has the lock next can wake this thread.
    queue_.enqueue(site);
    detail::unlock_at(lock, site);
    const Wake wake = queue_.sleep(options, site);
    detail::lock_at(lock, site);
    return wake;
  }

 private:
  wait_queue queue_;
};

using condition_variable_any = condition_variable;

}  // namespace heddle::sync
