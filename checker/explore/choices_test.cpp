// Programs in which one choice of the search is easily left out, or made twice. Each has the number
// of its executions, by hand or by the oracle, and what is wrong with them.
#include <gtest/gtest.h>

#include <memory>
#include <new>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::var;

std::string counts_of(const Result& result) {
  const Counts& counts = result.executions;
  return std::to_string(counts.complete) + "/" + std::to_string(counts.blocked) + "/" +
         std::to_string(counts.violating);
}

/// Complete, blocked and violating executions.
std::string counts(const std::function<void()>& body, const std::string& model) {
  return counts_of(count_body(body, model));
}

/// T3 may read 1, take the older of two equal values that another thread took already (a conflict),
/// or come too late (the last value is 3: it waits for ever).
TEST(Choices, AWaitMayComeTooLateBesideAConflict) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads(
        [&x] {
          int expected = 1;
          x.compare_exchange_strong(expected, 3);
        },
        [&x] { x.store(1), x.store(1); },
        [&x] {
          int expected = 0;
          do {
            expected = 1;
          } while (!x.compare_exchange_strong(expected, 2));
        });
  };
  EXPECT_EQ(counts(body, "sc"), "6/0/1");
}

/// while (!cas(from, to));
void take(atomic<int>& x, int from, int to) {
  int expected = 0;
  do {
    expected = from;
  } while (!x.compare_exchange_strong(expected, to, relaxed, relaxed));
}

/// Of two equal values the later one may be taken by another thread: to read the older one is the
/// best choice then, and one of its executions revisits.
TEST(Choices, ATakenWriteIsNoReasonAgainstAnOlderOne) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    run_threads([&] { x.load(relaxed), take(y, 0, 1); }, [&] { y.store(0, relaxed); },
                [&] { take(y, 0, 2), take(x, 0, 0); });
  };
  const Result result = count_body(body, "sc");
  EXPECT_EQ(result.executions.complete, 3U);
  EXPECT_EQ(result.executions.violating, 3U);
}

/// Revisits delete some events and keep others that were added later, so neither may the number of
/// events stand for a stamp, nor is the reader that is deleted the latest. The numbers are those of
/// the oracle.
TEST(Choices, RevisitsKeepEventsThatCameLater) {
  const auto cas = [](atomic<int>& x, int from, int to) {
    x.compare_exchange_strong(from, to, relaxed, relaxed);
  };
  const auto conditional = [&cas] {
    atomic<int> x{0};
    atomic<int> y{0};
    run_threads(
        [&] {
          if (x.load(relaxed) != 0) cas(y, 0, 1);
        },
        [&] { y.store(1, relaxed); }, [&] { y.exchange(1, relaxed), x.exchange(1, relaxed); });
  };
  EXPECT_EQ(counts(conditional, "cpp20"), "7/0/0");
  const auto three = [&cas] {
    atomic<int> x{0};
    run_threads([&] { x.load(relaxed); }, [&] { cas(x, 1, 1), x.store(1, relaxed); },
                [&] { x.store(0, relaxed); });
  };
  EXPECT_EQ(counts(three, "cpp20"), "9/0/0");
}

/// A load with two outcomes beside a choice of two: four executions. The choice must be canonical
/// where it is deleted, or each of its values would revisit.
TEST(Choices, AChoiceThatARevisitDeletesIsMadeOnce) {
  const auto behind = [] {
    atomic<int> x{0};
    run_threads([&x] { x.load(), api::choose(2); }, [&x] { x.store(1); });
  };
  const auto ahead = [] {
    atomic<int> x{0};
    run_threads([&x] { api::choose(2), x.load(); }, [&x] { x.store(1); });
  };
  const auto elsewhere = [] {
    atomic<int> x{0};
    run_threads([&x] { x.load(); }, [] { api::choose(3); }, [&x] { x.store(1); });
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(counts(behind, model), "4/0/0") << model;
    EXPECT_EQ(counts(ahead, model), "4/0/0") << model;
    EXPECT_EQ(counts(elsewhere, model), "6/0/0") << model;
  }
}

/// Memory for an object that a thread constructs.
struct Raw {
  alignas(atomic<int>) std::byte bytes[sizeof(atomic<int>)];

  atomic<int>* object() { return reinterpret_cast<atomic<int>*>(bytes); }
};

/// A thread constructs an object and tells another one by a flag; that one reads 0 or 5, if it
/// reads. The flag's orders are `flag`, the object's `access`.
void construct_and_tell(std::memory_order flag, std::memory_order access) {
  const bool releases = access != relaxed;
  atomic<int> f{0};
  auto raw = std::make_unique<Raw>();
  run_threads(
      [&] {
        if (f.load(flag == release ? acquire : relaxed) != 1) return;
        raw->object()->load(releases ? acquire : relaxed);
      },
      [&] {
        auto* object = new (raw->bytes) atomic<int>(0);
        f.store(1, flag);
        object->store(5, access);
      });
  raw->object()->~atomic();
}

/// With a relaxed flag, both values race with the construction: an access that a revisit adds anew
/// is looked at like any other.
TEST(Choices, ARevisitedAccessMayStillBeAViolation) {
  for (const char* model : {"rc11", "cpp20"}) {
    EXPECT_EQ(counts([] { construct_and_tell(relaxed, relaxed); }, model), "1/0/2") << model;
  }
}

/// But a reader that takes 5 by release and acquire is ordered behind the construction, and with
/// another flag every one is.
TEST(Choices, ARevisitedAccessMayBeOrderedByWhatItReads) {
  for (const char* model : {"rc11", "cpp20"}) {
    EXPECT_EQ(counts([] { construct_and_tell(relaxed, release); }, model), "2/0/1") << model;
  }
  for (const std::string& model : model_names()) {
    EXPECT_EQ(counts([] { construct_and_tell(release, relaxed); }, model), "3/0/0") << model;
  }
}

/// The same of a write that revisits: the store is not ordered behind the construction, whether the
/// load of the thread that constructs reads it or not.
TEST(Choices, AWriteThatRevisitsMayBeAViolation) {
  const auto body = [] {
    atomic<int> f{0};
    auto raw = std::make_unique<Raw>();
    run_threads(
        [&] {
          auto* object = new (raw->bytes) atomic<int>(0);
          f.store(1, relaxed);
          object->load(relaxed);
        },
        [&] {
          if (f.load(relaxed) == 1) raw->object()->store(5, relaxed);
        });
    raw->object()->~atomic();
  };
  for (const char* model : {"rc11", "cpp20"}) EXPECT_EQ(counts(body, model), "1/0/2") << model;
}

/// What the registering thread does when it has joined the last thread is no state of the
/// invariant's.
TEST(InvariantStates, EndWithTheLastJoin) {
  const auto body = [] {
    atomic<int> x{0};
    api::invariant([&x] { api::check(x.load() <= 1, "at most one"); });
    run_threads([&x] { x.store(1); }, [&x] { x.load(); });
    x.store(5);
  };
  for (const std::string& model : model_names()) EXPECT_EQ(counts(body, model), "2/0/0") << model;
}

/// But what it does before that is.
TEST(InvariantStates, GoOnUntilTheLastJoin) {
  const auto body = [] {
    atomic<int> x{0};
    api::invariant([&x] { api::check(x.load() <= 1, "at most one"); });
    const auto first = api::spawn([&x] { x.load(); });
    const auto second = api::spawn([&x] { x.load(); });
    api::join(first);
    x.store(5);
    api::join(second);
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body(body, model).verdict, Verdict::violated) << model;
  }
}

/// Many ways lead to one state; behind those that are known others are still to be looked at.
TEST(InvariantStates, AreAllLookedAt) {
  const auto body = [](int x_bad, int y_bad) {
    atomic<int> x{0};
    atomic<int> y{0};
    api::invariant([&] { api::check(x.load() != x_bad || y.load() != y_bad, "not these"); });
    run_threads([&x] { x.store(1), x.store(2); }, [&y] { y.store(1), y.store(2); });
  };
  for (int x = 0; x <= 2; ++x) {
    for (int y = 0; y <= 2; ++y) {
      EXPECT_EQ(counts([&] { body(x, y); }, "cpp20"), "0/0/1") << x << ", " << y;
    }
  }
}

/// x = 1 and a = 0 is a state only of executions in which the assumption fails.
TEST(InvariantStates, AreThoseOfExecutionsThatMeetTheAssumptions) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> a{0};
    api::invariant([&] { api::check(!(x.load() == 1 && a.load() == 0), "a first"); });
    run_threads([&] { a.store(1), api::assume(x.load() == 0); }, [&] { x.store(1); });
  };
  EXPECT_EQ(counts(body, "sc"), "1/1/0");
}

/// The reads of an execution decide which states it had: none with x = 1 and y = 0 where the reader
/// of x = 1 wrote y before.
TEST(InvariantStates, RespectReadsFrom) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    api::invariant([&] { api::check(!(x.load() == 1 && y.load() == 1), "never both"); });
    run_threads([&] { x.store(1), x.store(0); },
                [&] {
                  if (x.load() == 1) y.store(2);
                });
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body(body, model).verdict, Verdict::holds) << model;
  }
}

}  // namespace
}  // namespace heddle
