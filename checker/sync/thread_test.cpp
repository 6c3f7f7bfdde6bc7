#include "checker/sync/thread.hpp"

#include <gtest/gtest.h>

#include <set>

#include "checker/session/outcome_test_support.hpp"

namespace heddle::sync {
namespace {

void expect_holds(const std::function<void()>& body, const char* what = "") {
  EXPECT_EQ(problem_unless_holds(body), "") << what;
}

void expect_found(ViolationKind kind, const std::function<void()>& body) {
  EXPECT_EQ(problem_unless_found(kind, body), "");
}

TEST(Thread, RunsAndIsJoined) {
  expect_holds([] {
    api::var<int> data(0);
    thread t([&](int a, int b) { data.set(a + b); }, 3, 4);
    api::check(t.joinable() && t.get_id() != this_thread::get_id(), "another thread");
    t.join();
    api::check(data.get() == 7, "it ran");
    api::check(!t.joinable() && t.get_id() == thread::id(), "joined");
    t = thread([&] { data.set(1); });
    thread u(std::move(t));
    u.join();
    api::check(data.get() == 1, "moved and joined");
  });
}

TEST(Thread, RunsBesideItsCreator) {
  expect_found(ViolationKind::data_race, [] {
    api::var<int> data(0);
    thread t([&] { data.set(1); });
    data.set(2);
    t.join();
  });
}

TEST(Thread, MustBeJoinedOrDetached) {
  expect_found(ViolationKind::terminated, [] { thread t([] {}); });
  expect_found(ViolationKind::terminated, [] {
    thread t([] {});
    t = thread([] {});
  });
  expect_holds([] { thread([] {}).detach(); });
  expect_found(ViolationKind::terminated, [] { thread().join(); });
  expect_found(ViolationKind::terminated, [] { thread().detach(); });
}

TEST(JThread, StopsAndJoins) {
  expect_holds([] {
    api::var<int> data(0);
    {
      jthread t(
          [&](stop_token stop, int value) {
            api::await([&] { return stop.stop_requested(); });
            data.set(value);
          },
          5);
    }
    api::check(data.get() == 5, "stopped, then joined");
    jthread plain([&](int value) { data.set(value); }, 6);
    plain.join();
    api::check(data.get() == 6, "it takes no token");
    api::check(plain.request_stop() && !plain.request_stop(), "the first one stops");
  });
}

TEST(ThreadValue, BelongsToOneThread) {
  expect_holds([] {
    static const char keys[20] = {};
    const auto use = [](std::uint64_t first) {
      for (const char& key : keys) api::check(thread_value(&key) == 0, "0 at first");
      for (const char& key : keys) thread_value(&key) = first + static_cast<unsigned>(&key - keys);
      for (const char& key : keys) {
        api::check(thread_value(&key) == first + static_cast<unsigned>(&key - keys), "kept");
      }
    };
    run_in_threads([=] { use(100); }, [=] { use(200); });
  });
}

__attribute__((noinline)) void count(const char* key) { thread_value(key) = thread_value(key) + 1; }

/// A loop that changes a number of the thread's own in each round is no wait.
TEST(ThreadValue, IsRemembered) {
  const auto body = [] {
    static const char key = 0;
    api::atomic<int> x{0};
    run_in_threads(
        [&x] {
          while (x.load() == 0) count(&key);
          api::check(thread_value(&key) != 1, "one round failed");
        },
        [&x] { x.store(1); });
  };
  EXPECT_EQ(problem_unless_found(ViolationKind::assertion_failed, body), "");
}

TEST(ThreadEnd, CallsInReverse) {
  expect_holds([] {
    static const char key = 0;
    api::atomic<std::uint64_t> seen{0};
    const auto number = start_thread([&seen] {
      at_thread_end(
          [](void* to) { static_cast<api::atomic<std::uint64_t>*>(to)->store(thread_value(&key)); },
          &seen);
      at_thread_end([](void*) { thread_value(&key) = 2 * thread_value(&key); }, nullptr);
      thread_value(&key) = 21;
    });
    api::join(number);
    api::check(seen.load() == 42, "the last one first");
  });
}

}  // namespace
}  // namespace heddle::sync
