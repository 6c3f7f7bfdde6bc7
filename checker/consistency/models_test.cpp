// What single rules of the models forbid and allow: each outcome here depends on one rule that the
// classical tests (tests/litmus/classical) do not need.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::var;

constexpr auto seq_cst = std::memory_order_seq_cst;

/// The models, strongest first and joined by ", ", under which some execution fails the body's
/// check; "none".
std::string allowing(const std::function<void()>& body) {
  std::string models;
  for (const std::string& model : model_names()) {
    const Result result = count_body(body, model);
    if (result.verdict == Verdict::violated) models += (models.empty() ? "" : ", ") + model;
    EXPECT_TRUE(result.verdict == Verdict::holds || result.verdict == Verdict::violated) << model;
  }
  return models.empty() ? "none" : models;
}

/// Store buffering with `between` behind each store.
void store_buffering(const std::function<void(atomic<int>&)>& between) {
  atomic<int> x{0};
  atomic<int> y{0};
  atomic<int> z{7};
  atomic<int> w{7};
  var<int> a{0};
  var<int> b{0};
  run_threads([&] { x.store(1, relaxed), between(z), a.set(y.load(relaxed)); },
              [&] { y.store(1, relaxed), between(w), b.set(x.load(relaxed)); });
  api::check(a.get() != 0 || b.get() != 0, "both loads read 0");
}

/// lock cmpxchg drains the store buffer, also where it does not exchange.
TEST(Tso, AFailedCompareExchangeDrainsTheStoreBuffer) {
  EXPECT_EQ(allowing([] {
              store_buffering([](atomic<int>& z) {
                int expected = 8;
                z.compare_exchange_strong(expected, 9);
              });
            }),
            "ra, rc11, cpp20");
  EXPECT_EQ(allowing([] { store_buffering([](atomic<int>& z) { z.exchange(7); }); }),
            "ra, rc11, cpp20");
}

/// Neither a load nor a store does, nor a fence that is not seq_cst.
TEST(Tso, OtherAccessesDoNotDrainTheStoreBuffer) {
  const std::string weak = "tso, ra, rc11, cpp20";
  EXPECT_EQ(allowing([] { store_buffering([](atomic<int>& z) { z.load(); }); }), weak);
  EXPECT_EQ(allowing([] { store_buffering([](atomic<int>& z) { z.store(1); }); }), weak);
  EXPECT_EQ(allowing([] {
              store_buffering([](atomic<int>&) { api::fence(std::memory_order_acq_rel); });
            }),
            weak);
  EXPECT_EQ(allowing([] { store_buffering([](atomic<int>&) { api::fence(seq_cst); }); }), "none");
}

/// Nor does a thread that reads its own store wait until others can.
TEST(Tso, AThreadReadsItsOwnStoreBuffer) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> seen[2] = {{1}, {1}};
    const auto store_and_look = [&seen](atomic<int>& mine, atomic<int>& other, int at) {
      mine.store(1, relaxed);
      if (mine.load(relaxed) == 1) seen[at].set(other.load(relaxed));
    };
    run_threads([&] { store_and_look(x, y, 0); }, [&] { store_and_look(y, x, 1); });
    api::check(seen[0].get() != 0 || seen[1].get() != 0, "both see the other's 0");
  };
  EXPECT_EQ(allowing(body), "tso, ra, rc11, cpp20");
}

/// The creation of a thread drains the store buffer of its creator, its end that of itself.
TEST(Tso, CreationAndEndOfAThreadDrainTheStoreBuffer) {
  const auto created = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> a{0};
    var<int> b{0};
    run_threads(
        [&] {
          x.store(1, relaxed);
          run_threads([&] { a.set(y.load(relaxed)); });
        },
        [&] {
          y.store(1, relaxed);
          run_threads([&] { b.set(x.load(relaxed)); });
        });
    api::check(a.get() != 0 || b.get() != 0, "both loads read 0");
  };
  EXPECT_EQ(allowing(created), "ra, rc11, cpp20");
  const auto joined = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> a{0};
    var<int> b{0};
    run_threads([&] { run_threads([&] { x.store(1, relaxed); }), a.set(y.load(relaxed)); },
                [&] { run_threads([&] { y.store(1, relaxed); }), b.set(x.load(relaxed)); });
    api::check(a.get() != 0 || b.get() != 0, "both loads read 0");
  };
  EXPECT_EQ(allowing(joined), "ra, rc11, cpp20");
}

/// The release sequence of x = 1 goes on with both later stores of its thread in rc11; in cpp20 it
/// ends with itself.
TEST(Rc11, AReleaseSequenceGoesOnWithEveryLaterStoreOfItsThread) {
  const auto body = [](std::memory_order head) {
    atomic<int> d{0};
    atomic<int> x{0};
    run_threads(
        [&] { d.store(1, relaxed), x.store(1, head), x.store(2, relaxed), x.store(3, relaxed); },
        [&] {
          if (x.load(acquire) == 3) api::check(d.load(relaxed) == 1, "the data is seen");
        });
  };
  EXPECT_EQ(allowing([&] { body(release); }), "cpp20");
  EXPECT_EQ(allowing([&] { body(relaxed); }), "rc11, cpp20");
}

/// Of several release stores the latest one says what a relaxed store behind it hands on.
TEST(Rc11, TheLatestReleaseHeadsAReleaseSequence) {
  const auto body = [] {
    atomic<int> d{0};
    atomic<int> x{0};
    run_threads(
        [&] { x.store(1, release), d.store(1, relaxed), x.store(2, release), x.store(3, relaxed); },
        [&] {
          if (x.load(acquire) == 3) api::check(d.load(relaxed) == 1, "the data is seen");
        });
  };
  EXPECT_EQ(allowing(body), "cpp20");
}

/// A read-modify-write that only releases hands on what it reads, but is not ordered behind it.
TEST(HappensBefore, AReleaseReadModifyWriteDoesNotAcquire) {
  const auto body = [](std::memory_order middle) {
    var<int> d{0};
    atomic<int> x{0};
    run_threads([&] { d.set(1), x.store(1, release); },
                [&] {
                  if (x.fetch_add(1, middle) == 1 && middle != relaxed) d.get();
                },
                [&] {
                  if (x.load(acquire) == 2 && middle == relaxed) d.get();
                });
  };
  EXPECT_EQ(allowing([&] { body(release); }), "rc11, cpp20");
  EXPECT_EQ(allowing([&] { body(std::memory_order_acq_rel); }), "none");
}

/// A fence that only acquires does not release, and the other way round.
TEST(HappensBefore, FencesOrderInOneDirection) {
  const auto body = [](std::memory_order first, std::memory_order second) {
    atomic<int> d{0};
    atomic<int> x{0};
    run_threads([&] { d.store(1, relaxed), api::fence(first), x.store(1, relaxed); },
                [&] {
                  if (x.load(relaxed) != 1) return;
                  api::fence(second);
                  api::check(d.load(relaxed) == 1, "the data is seen");
                });
  };
  EXPECT_EQ(allowing([&] { body(acquire, acquire); }), "rc11, cpp20");
  EXPECT_EQ(allowing([&] { body(release, release); }), "rc11, cpp20");
  EXPECT_EQ(allowing([&] { body(release, acquire); }), "none");
}

/// What another thread stores in between is no part of it.
TEST(Rc11, AReleaseSequenceDoesNotGoOnWithStoresOfOthers) {
  const auto body = [] {
    atomic<int> d{0};
    atomic<int> x{0};
    run_threads([&] { d.store(1, relaxed), x.store(1, release); },
                [&] {
                  if (x.load(relaxed) == 1) x.store(2, relaxed);
                },
                [&] {
                  if (x.load(acquire) == 2) api::check(d.load(relaxed) == 1, "the data is seen");
                });
  };
  EXPECT_EQ(allowing(body), "rc11, cpp20");
}

/// scb has po|!=loc; hb; po|!=loc, not po; hb; po|!=loc: from x = 1 to b = y happens-before comes
/// by x alone, where the first step is between accesses of one object.
TEST(Psc, HappensBeforeBetweenSeqCstAccessesNeedsOtherObjectsOnBothSides) {
  const auto body = [](std::memory_order first) {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> a{0};
    var<int> b{0};
    var<int> c{0};
    run_threads([&] { x.store(1, seq_cst), x.store(2, first); },
                [&] { a.set(x.load(acquire)), b.set(y.load(seq_cst)); },
                [&] { y.store(1, seq_cst), c.set(x.load(seq_cst)); });
    api::check(a.get() != 2 || b.get() != 0 || c.get() != 0, "a = 2, b = 0, c = 0");
  };
  EXPECT_EQ(allowing([&] { body(release); }), "tso, ra, rc11, cpp20");
  // Nor does it help that x = 2 is seq_cst: nothing on another object is between it and the load.
  EXPECT_EQ(allowing([&] { body(seq_cst); }), "tso, ra, rc11, cpp20");
}

/// Only seq_cst accesses are in psc: acq_rel is not enough.
TEST(Psc, TakesSeqCstAccessesOnly) {
  const auto body = [](std::memory_order first) {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> a{0};
    var<int> b{0};
    run_threads([&] { x.exchange(1, first), a.set(y.load(seq_cst)); },
                [&] { y.exchange(1, first), b.set(x.load(seq_cst)); });
    api::check(a.get() != 0 || b.get() != 0, "both loads read 0");
  };
  EXPECT_EQ(allowing([&] { body(std::memory_order_acq_rel); }), "ra, rc11, cpp20");
  EXPECT_EQ(allowing([&] { body(seq_cst); }), "ra");
}

/// What is first in the program need not be first in the search: here the writers come last and
/// revisit the loads, which must be admitted like others.
TEST(Psc, RevisitedLoadsAreOrderedAsWell) {
  const auto body = [](bool readers_first) {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> seen[4] = {{0}, {0}, {0}, {0}};
    const auto read = [&seen](atomic<int>& first, atomic<int>& second, int at) {
      seen[at].set(first.load(seq_cst));
      seen[at + 1].set(second.load(seq_cst));
    };
    const auto one = [&] { read(x, y, 0); };
    const auto two = [&] { read(y, x, 2); };
    const auto write_x = [&x] { x.store(1, seq_cst); };
    const auto write_y = [&y] { y.store(1, seq_cst); };
    if (readers_first) run_threads(one, two, write_x, write_y);
    if (!readers_first) run_threads(write_x, write_y, one, two);
    api::check(
        !(seen[0].get() == 1 && seen[1].get() == 0 && seen[2].get() == 1 && seen[3].get() == 0),
        "the readers see different orders");
  };
  EXPECT_EQ(allowing([&] { body(false); }), "ra");
  EXPECT_EQ(allowing([&] { body(true); }), "ra");
}

/// With another object on both sides there is an scb edge, and the outcome is forbidden.
TEST(Psc, HappensBeforeByOtherObjectsOrdersSeqCstAccesses) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<int> y{0};
    atomic<int> z{0};
    var<int> a{0};
    var<int> b{0};
    var<int> c{0};
    run_threads([&] { x.store(1, seq_cst), z.store(2, release); },
                [&] { a.set(z.load(acquire)), b.set(y.load(seq_cst)); },
                [&] { y.store(1, seq_cst), c.set(x.load(seq_cst)); });
    api::check(a.get() != 2 || b.get() != 0 || c.get() != 0, "a = 2, b = 0, c = 0");
  };
  EXPECT_EQ(allowing(body), "tso, ra");
}

}  // namespace
}  // namespace heddle
