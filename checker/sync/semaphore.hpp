// counting_semaphore, latch, barrier, once: the standard's small ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::sync {

/// A count that is taken from while it is above 0. Giving releases, taking acquires.
class semaphore {
 public:
  explicit semaphore(std::uint32_t count, api::Site site = api::Site::current())
      : count_(count, site) {}

  /// Returns the count before.
  std::uint32_t give(std::uint32_t amount, api::Site site = api::Site::current());
  void take(api::Site site = api::Site::current());
  /// Fails if the count is 0; if it is `weak`, also for no reason, as the standard's: that is
  /// explored on request (option --spurious).
  bool try_take(api::Site site = api::Site::current(), bool weak = false);
  /// Returns false once time ran out, which happens only while the count is 0, and is explored once
  /// per thread, semaphore and execution.
  bool take_timed(api::Site site = api::Site::current());
  std::uint32_t count(api::Site site = api::Site::current()) const;

 private:
  api::atomic<std::uint32_t> count_;
};

/// std::counting_semaphore.
template <std::ptrdiff_t least_max_value = 0x7fff'ffff>
class counting_semaphore {
 public:
  explicit counting_semaphore(std::ptrdiff_t desired, api::Site site = api::Site::current())
      : semaphore_(static_cast<std::uint32_t>(desired), site) {}
  static constexpr std::ptrdiff_t max() noexcept { return least_max_value; }

  void release(std::ptrdiff_t update = 1, api::Site site = api::Site::current()) {
    const std::uint32_t before = semaphore_.give(static_cast<std::uint32_t>(update), site);
    api::check(before + update <= max(), "a semaphore is released beyond its maximum", site);
  }
  void acquire(api::Site site = api::Site::current()) { semaphore_.take(site); }
  bool try_acquire(api::Site site = api::Site::current()) noexcept {
    return semaphore_.try_take(site, true);
  }
  template <typename Duration>
  bool try_acquire_for(const Duration& /*time*/, api::Site site = api::Site::current()) {
    return semaphore_.take_timed(site);
  }
  template <typename TimePoint>
  bool try_acquire_until(const TimePoint& /*time*/, api::Site site = api::Site::current()) {
    return semaphore_.take_timed(site);
  }

 private:
  semaphore semaphore_;
};

using binary_semaphore = counting_semaphore<1>;

/// std::latch.
class latch {
 public:
  explicit latch(std::ptrdiff_t expected, api::Site site = api::Site::current())
      : left_(expected, site) {}

  void count_down(std::ptrdiff_t update = 1, api::Site site = api::Site::current()) {
    const std::ptrdiff_t before = left_.fetch_sub(update, std::memory_order_release, site);
    api::check(before >= update, "a latch is counted down below 0", site);
  }
  bool try_wait(api::Site site = api::Site::current()) const noexcept {
    return left_.load(std::memory_order_acquire, site) == 0;
  }
  void wait(api::Site site = api::Site::current()) const {
    api::await([&] { return try_wait(site); }, site);
  }
  void arrive_and_wait(std::ptrdiff_t update = 1, api::Site site = api::Site::current()) {
    count_down(update, site);
    wait(site);
  }

 private:
  mutable api::atomic<std::ptrdiff_t> left_;
};

struct no_completion {
  void operator()() const noexcept {}
};

/// std::barrier: the last one to arrive runs `completion` and lets all go on.
template <typename Completion = no_completion>
class barrier {
 public:
  using arrival_token = std::uint32_t;

  explicit barrier(std::ptrdiff_t expected, Completion completion = Completion(),
                   api::Site site = api::Site::current())
      : expected_(expected, site),
        left_(expected, site),
        phase_(0, site),
        completion_(completion) {}

  arrival_token arrive(std::ptrdiff_t update = 1, api::Site site = api::Site::current()) {
    const std::uint32_t phase = phase_.load(std::memory_order_relaxed, site);
    const std::ptrdiff_t before = left_.fetch_sub(update, std::memory_order_release, site);
    api::check(before >= update, "more threads arrive at a barrier than it expects", site);
    if (before == update) {
      // The completion is ordered behind all that arrived; those themselves only once they waited.
      api::fence(std::memory_order_acquire, site);
      completion_();
      left_.store(expected_.load(std::memory_order_relaxed, site), std::memory_order_relaxed, site);
      phase_.store(phase + 1, std::memory_order_release, site);
    }
    return phase;
  }
  void wait(arrival_token phase, api::Site site = api::Site::current()) const {
    api::await([&] { return phase_.load(std::memory_order_acquire, site) != phase; }, site);
  }
  void arrive_and_wait(api::Site site = api::Site::current()) { wait(arrive(1, site), site); }
  void arrive_and_drop(api::Site site = api::Site::current()) {
    expected_.fetch_sub(1, std::memory_order_relaxed, site);
    arrive(1, site);
  }

 private:
  api::atomic<std::ptrdiff_t> expected_;
  api::atomic<std::ptrdiff_t> left_;
  api::atomic<std::uint32_t> phase_;
  Completion completion_;
};

}  // namespace heddle::sync
