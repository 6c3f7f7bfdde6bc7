// atomic::wait and notify order no memory, and lose no wake-up that the standard keeps.
#include <gtest/gtest.h>

#include "checker/relacy/relacy.hpp"
#include "checker/session/outcome_test_support.hpp"

namespace heddle {
namespace {

using kind = ViolationKind;

template <typename Suite>
Result explore(const char* model, bool keep_going = false) {
  return explore_body(rl::run<Suite>, {.model = model, .keep_going = keep_going});
}

template <typename Suite>
void expect_found(kind wanted) {
  for (const char* model : {"rc11", "cpp20"}) {
    const Result result = explore<Suite>(model);
    ASSERT_TRUE(result.counterexample) << model << ": " << outcome_of(result);
    EXPECT_EQ(result.counterexample->violation->kind, wanted) << model << outcome_of(result);
  }
}

/// The notification is of another object, and nobody waits.
struct releases_nothing : rl::test_suite<releases_nothing, 2> {
  rl::atomic<int> other{0};
  rl::atomic<int> ready{0};
  rl::var<int> data{0};
  void thread(unsigned i) {
    if (i == 0) {
      VAR(data) = 1;
      other.notify_one();
      ready($).store(1, rl::mo_relaxed);
    } else if (ready($).load(rl::mo_acquire) == 1) {
      RL_ASSERT(VAR(data) == 1);
    }
  }
};

/// What is done ahead of a notification is not seen by who is woken, unless the value says so.
struct hands_over_nothing : rl::test_suite<hands_over_nothing, 2> {
  rl::atomic<int> ready{0};
  rl::var<int> data{0};
  void thread(unsigned i) {
    if (i == 0) {
      VAR(data) = 1;
      ready($).store(1, rl::mo_relaxed);
      ready.notify_one();
    } else {
      ready.wait(0, rl::mo_relaxed);
      RL_ASSERT(VAR(data) == 1);
    }
  }
};

/// Store buffering: a notification is no fence, and neither is a wait that need not sleep.
struct fences_nothing : rl::test_suite<fences_nothing, 2> {
  rl::atomic<int> x{0};
  rl::atomic<int> y{0};
  rl::atomic<int> one{1};
  int seen[2] = {1, 1};
  void thread(unsigned i) {
    (i == 0 ? x : y)($).store(1, rl::mo_relaxed);
    i == 0 ? one.notify_all() : one.wait(0, rl::mo_relaxed);
    seen[i] = (i == 0 ? y : x)($).load(rl::mo_relaxed);
  }
  void after() { RL_ASSERT(seen[0] + seen[1] > 0); }
};

TEST(Notify, OrdersNoMemory) {
  expect_found<releases_nothing>(kind::data_race);
  expect_found<hands_over_nothing>(kind::data_race);
  expect_found<fences_nothing>(kind::assertion_failed);
}

/// Relaxed accesses suffice for a wake-up.
struct wakes : rl::test_suite<wakes, 2> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) {
      x($).store(1, rl::mo_relaxed);
      x.notify_one();
    } else {
      x.wait(0, rl::mo_relaxed);
    }
  }
};

/// One of several sleepers gets it, and hands it on.
struct wakes_in_turn : rl::test_suite<wakes_in_turn, 3> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) {
      x($).store(1, rl::mo_relaxed);
    } else {
      x.wait(0, rl::mo_relaxed);
    }
    x.notify_one();
  }
};

struct wakes_all : rl::test_suite<wakes_all, 3> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) {
      x($).store(1, rl::mo_relaxed);
      x.notify_all();
    } else {
      x.wait(0, rl::mo_relaxed);
    }
  }
};

/// The notifier knows of the store, since it happens before.
struct wakes_for_another : rl::test_suite<wakes_for_another, 3> {
  rl::atomic<int> x{0};
  rl::atomic<int> told{0};
  void thread(unsigned i) {
    if (i == 0) {
      x($).store(1, rl::mo_relaxed);
      told($).store(1, rl::mo_release);
    } else if (i == 1) {
      while (told($).load(rl::mo_acquire) == 0) {
      }
      x.notify_one();
    } else {
      x.wait(0, rl::mo_relaxed);
    }
  }
};

template <typename Suite>
void expect_holds() {
  for (const std::string& model : model_names()) {
    const Result result = explore<Suite>(model.c_str(), true);
    EXPECT_EQ(outcome_of(result), "holds") << model;
    EXPECT_GT(result.executions.complete, 0U) << model;
  }
}

TEST(Notify, LosesNoWakeUp) {
  expect_holds<wakes>();
  expect_holds<wakes_in_turn>();
  expect_holds<wakes_all>();
  expect_holds<wakes_for_another>();
}

/// The notifier has read the value, but nothing makes the store happen before the notification:
/// [atomics.wait] does not ask for the sleeper to be woken.
struct knows_by_hearsay : rl::test_suite<knows_by_hearsay, 3> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) x($).store(1, rl::mo_relaxed);
    if (i == 1 && x($).load(rl::mo_relaxed) == 1) x.notify_one();
    if (i == 1 && x($).load(rl::mo_relaxed) == 0) x($).store(2, rl::mo_relaxed), x.notify_one();
    if (i == 2) x.wait(0, rl::mo_relaxed);
  }
};

struct tells_too_early : rl::test_suite<tells_too_early, 2> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) {
      x.notify_one();
      x($).store(1, rl::mo_relaxed);
    } else {
      x.wait(0, rl::mo_relaxed);
    }
  }
};

/// Of two sleepers one is woken.
struct tells_one_of_two : rl::test_suite<tells_one_of_two, 3> {
  rl::atomic<int> x{0};
  void thread(unsigned i) {
    if (i == 0) {
      x($).store(1, rl::mo_relaxed);
      x.notify_one();
    } else {
      x.wait(0, rl::mo_relaxed);
    }
  }
};

TEST(Notify, MayComeTooEarlyOrToTooFew) {
  expect_found<knows_by_hearsay>(kind::deadlock);
  expect_found<tells_too_early>(kind::deadlock);
  expect_found<tells_one_of_two>(kind::deadlock);
}

}  // namespace
}  // namespace heddle
