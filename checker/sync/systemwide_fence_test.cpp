#include "checker/sync/systemwide_fence.hpp"

#include <gtest/gtest.h>

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"
#include "checker/api/var.hpp"
#include "checker/session/outcome_test_support.hpp"
#include "checker/sync/interrupts.hpp"
#include "checker/sync/thread.hpp"

namespace heddle::sync {
namespace {

using enum std::memory_order;

/// Runs the bodies in threads that a fence of the whole system reaches.
template <typename... Bodies>
void run_with_fences(Bodies... bodies) {
  begin_systemwide_fences();
  const std::uint32_t threads[] = {start_thread(bodies)...};
  leave_interruptible();
  for (const std::uint32_t each : threads) api::join(each);
  end_systemwide_fences();
}

void expect_holds(const std::function<void()>& body) { EXPECT_EQ(problem_unless_holds(body), ""); }

/// Store buffering, with a heavy fence in one thread and none in the other.
void buffer_stores(bool heavy, const std::function<void(int, int)>& see) {
  api::atomic<int> x(0), y(0), first(0), second(0);
  run_with_fences(
      [&] {
        x.store(1, relaxed);
        if (heavy) systemwide_fence();
        first.store(y.load(relaxed), relaxed);
      },
      [&] {
        y.store(1, relaxed);
        second.store(x.load(relaxed), relaxed);
      });
  see(first.load(relaxed), second.load(relaxed));
}

bool buffers(bool heavy, int first, int second) {
  return reaches([=](const auto& reached) {
    buffer_stores(heavy, [&](int a, int b) {
      if (a == first && b == second) reached();
    });
  });
}

TEST(SystemwideFence, ForbidsStoreBuffering) {
  EXPECT_TRUE(buffers(false, 0, 0));
  EXPECT_FALSE(buffers(true, 0, 0));
}

TEST(SystemwideFence, AllowsTheRest) {
  EXPECT_TRUE(buffers(true, 0, 1));
  EXPECT_TRUE(buffers(true, 1, 0));
  EXPECT_TRUE(buffers(true, 1, 1));
}

/// The reader of two relaxed stores needs no fence on the other side.
TEST(SystemwideFence, OrdersTheOthersStores) {
  const auto stale = [](bool heavy) {
    return reaches([=](const auto& reached) {
      api::atomic<int> x(0), y(0);
      run_with_fences(
          [&] {
            x.store(1, relaxed);
            y.store(1, relaxed);
          },
          [&] {
            const int seen = y.load(relaxed);
            if (heavy) systemwide_fence();
            if (seen == 1 && x.load(relaxed) == 0) reached();
          });
    });
  };
  EXPECT_TRUE(stale(false));
  EXPECT_FALSE(stale(true));
}

/// Two heavy fences, two light threads: independent reads of independent writes.
TEST(SystemwideFence, IsOneForAllThreads) {
  const auto disagree = [](bool heavy) {
    return reaches([=](const auto& reached) {
      api::atomic<int> x(0), y(0);
      api::atomic<bool> x_first(false);
      run_with_fences([&] { x.store(1, relaxed); }, [&] { y.store(1, relaxed); },
                      [&] {
                        const int seen = x.load(relaxed);
                        if (heavy) systemwide_fence();
                        if (seen == 1 && y.load(relaxed) == 0) x_first.store(true, relaxed);
                      },
                      [&] {
                        const int seen = y.load(relaxed);
                        if (heavy) systemwide_fence();
                        if (seen == 1 && x.load(relaxed) == 0 && x_first.load(relaxed)) reached();
                      });
    });
  };
  EXPECT_TRUE(disagree(false));
  EXPECT_FALSE(disagree(true));
}

/// What the other thread did before its fence happens before what follows the call, or the call
/// before what the other does next: Dekker's algorithm with an asymmetric fence.
TEST(SystemwideFence, OrdersPlainData) {
  const auto body = [](bool heavy) {
    return [=] {
      api::atomic<int> x(0), y(0);
      api::var<int> data(0);
      run_with_fences(
          [&] {
            x.store(1, relaxed);
            if (heavy) systemwide_fence();
            if (y.load(relaxed) == 0) data.set(1);
          },
          [&] {
            y.store(1, relaxed);
            if (x.load(relaxed) == 0) data.set(2);
          });
    };
  };
  expect_holds(body(true));
  EXPECT_NE(problem_unless_holds(body(false)), "");
}

/// A fence may come between an atomic access and a plain one, and ahead of all of a thread's.
TEST(SystemwideFence, ComesAheadOfPlainAccesses) {
  for (const bool looks_first : {false, true}) {
    EXPECT_EQ(problem_unless_found(ViolationKind::data_race,
                                   [=] {
                                     api::atomic<int> x(0);
                                     api::var<int> data(0);
                                     run_with_fences(
                                         [&] {
                                           x.store(1, relaxed);
                                           systemwide_fence();
                                           data.set(1);
                                         },
                                         [&, looks_first] {
                                           if (looks_first && x.load(relaxed) != 0) return;
                                           data.get();
                                         });
                                   }),
              "");
  }
}

/// A violation ahead of the fence's end, in the thread that would have to answer.
TEST(SystemwideFence, HidesNoViolation) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    api::atomic<int> x(0);
    run_with_fences(
        [&] {
          x.store(1, relaxed);
          systemwide_fence();
        },
        [&] {
          if (x.load(relaxed) == 1) reached();
        });
  }));
  EXPECT_EQ(problem_unless_found(ViolationKind::data_race,
                                 [] {
                                   api::var<int> data(0);
                                   run_with_fences(
                                       [&] {
                                         data.set(1);
                                         systemwide_fence();
                                       },
                                       [&] { data.set(2); });
                                 }),
            "");
}

/// A thread that waits is reached as well; what waits for ever is still found.
TEST(SystemwideFence, ReachesThreadsThatWait) {
  const auto wait = [](int value) {
    return [=] {
      api::atomic<int> x(0);
      run_with_fences(
          [&] {
            systemwide_fence();
            x.store(value, release);
          },
          [&] { api::await([&] { return x.load(acquire) == 1; }); },
          [&] {
            while (x.load(acquire) != 1) {
            }
          });
    };
  };
  expect_holds(wait(1));
  EXPECT_EQ(problem_unless_found(ViolationKind::endless_spin, wait(2)), "");
}

TEST(SystemwideFence, MayBeCalledByAll) {
  expect_holds([] {
    api::atomic<int> inside(0);
    const auto body = [&] {
      inside.store(1, relaxed);
      systemwide_fence();
      systemwide_fence();
    };
    run_with_fences(body, body, [] {});
  });
}

/// A thread that another one starts has a fence of its own, if it needs one.
TEST(SystemwideFence, ReachesThreadsOfThreads) {
  EXPECT_FALSE(reaches([](const auto& reached) {
    api::atomic<int> x(0), y(0), second(1);
    int first = 1;
    begin_systemwide_fences();
    const std::uint32_t starter = start_thread([&] {
      const std::uint32_t child = start_thread([&] {
        y.store(1, relaxed);
        second.store(x.load(relaxed), relaxed);
      });
      api::join(child);
    });
    x.store(1, relaxed);
    systemwide_fence();
    first = y.load(relaxed);
    api::join(starter);
    if (first == 0 && second.load(relaxed) == 0) reached();
    end_systemwide_fences();
  }));
}

/// A thread that begins later has no fence of its own: here one behind x = 1 would forbid it.
TEST(SystemwideFence, IsNoneOfLaterThreads) {
  EXPECT_TRUE(reaches([](const auto& reached) {
    api::atomic<int> x(0), y(0), first(1), second(1);
    begin_systemwide_fences();
    const std::uint32_t other = start_thread([&] {
      y.store(1, relaxed);
      api::fence(seq_cst);
      second.store(x.load(relaxed), relaxed);
    });
    systemwide_fence();
    x.store(1, relaxed);
    const std::uint32_t later = start_thread([&] { first.store(y.load(relaxed), relaxed); });
    leave_interruptible();
    api::join(other);
    api::join(later);
    if (first.load(relaxed) == 0 && second.load(relaxed) == 0) reached();
    end_systemwide_fences();
  }));
}

/// The main thread may fence, and be fenced, again behind the others.
TEST(SystemwideFence, MayComeBehindTheThreads) {
  const auto stale = [](bool heavy) {
    return reaches([=](const auto& reached) {
      api::atomic<int> x(0), y(0), first(1);
      begin_systemwide_fences();
      const std::uint32_t early = start_thread([] { systemwide_fence(); });
      leave_interruptible();
      api::join(early);
      systemwide_fence();
      const std::uint32_t late = start_thread([&] {
        x.store(1, relaxed);
        if (heavy) systemwide_fence();
        first.store(y.load(relaxed), relaxed);
      });
      y.store(1, relaxed);
      const int second = x.load(relaxed);
      api::join(late);
      if (first.load(relaxed) == 0 && second == 0) reached();
      end_systemwide_fences();
    });
  };
  EXPECT_TRUE(stale(false));
  EXPECT_FALSE(stale(true));
}

TEST(SystemwideFence, IsRefusedInInvariants) {
  EXPECT_EQ(problem_unless_found(ViolationKind::misuse,
                                 [] {
                                   begin_systemwide_fences();
                                   api::invariant([] { systemwide_fence(); });
                                   const std::uint32_t thread = start_thread([] {});
                                   leave_interruptible();
                                   api::join(thread);
                                   end_systemwide_fences();
                                 }),
            "");
}

}  // namespace
}  // namespace heddle::sync
