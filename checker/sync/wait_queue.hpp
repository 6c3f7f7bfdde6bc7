// Threads that sleep until another thread wakes them: what condition variables are made of.
#pragma once

#include "checker/api/atomic.hpp"

namespace heddle::sync {

/// The bound on time-outs of whatever has them, as Results list it.
inline constexpr const char* one_time_out = "at most one time-out per thread and object";

/// Why a sleep ended.
enum class Wake : std::uint8_t {
  notified,
  spurious,   // for no reason
  timed_out,  // after a time that nobody measures: it may be any
};

/// What may end a sleep beside being woken. Both are choices, so each is explored; a thread gets
/// each of them once per queue and execution, since a loop around a sleep would else never end.
struct SleepOptions {
  bool timed = false;
  bool may_be_spurious = false;
};

/// A set of sleeping threads. Waking says who is woken; it orders no memory: the lock around it
/// does.
///
/// One word has a bit for each sleeper. All changes are read-modify-writes, so they have one order.
class wait_queue {
 public:
  explicit wait_queue(api::Site site = api::Site::current()) : waiting_(0, site) {}

  /// Makes the calling thread one that can be woken. It must sleep next.
  void enqueue(api::Site site = api::Site::current());

  /// Sleeps until woken. A sleep that is not timed and never woken is a deadlock.
  Wake sleep(SleepOptions options, api::Site site = api::Site::current());

  /// Takes the calling thread out again in place of sleeping. Returns false if it was woken.
  bool leave(api::Site site = api::Site::current());

  /// Wakes up to `most` threads, each possible selection of them; returns how many.
  std::uint32_t wake(std::uint32_t most, api::Site site = api::Site::current());
  /// Wakes all in one step.
  std::uint32_t wake_all(api::Site site = api::Site::current());

 private:
  api::atomic<std::uint64_t> waiting_;
};

}  // namespace heddle::sync
