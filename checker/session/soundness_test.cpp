// Small programs whose executions are easy to miss or to count twice: try_lock, loops with several
// ways out, spurious failures, failed exchanges, threads that spawn, findings in the middle.
//
// The numbers are those of a brute force over all interleavings with another interpreter; those of
// threads_and_findings() were counted by hand. All accesses are seq_cst, so rc11 and cpp20 have the
// same ones. Under tso and ra the numbers are the same where nothing else is said: found by the
// engine, not by another interpreter.
#include <gtest/gtest.h>

#include <optional>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::mutex;
using api::var;

/// Where the compiler decides how soon a round of a loop is seen to be a repetition.
constexpr std::uint64_t any_number = ~std::uint64_t{0};

struct Counted {
  std::string name;
  std::uint64_t complete;
  std::uint64_t violating;
  std::function<void()> body;
  bool spurious = false;
  std::optional<std::uint64_t> complete_ra = {};  // if another number
};

struct Cell {
  atomic<Cell*> next{nullptr};
};

void push(atomic<Cell*>& head, Cell& cell) {
  Cell* seen = head.load();
  do {
    cell.next.store(seen);
  } while (!head.compare_exchange_strong(seen, &cell));
}

void pop(atomic<Cell*>& head) {
  Cell* seen = head.load();
  while (seen != nullptr && !head.compare_exchange_strong(seen, seen->next.load())) {
  }
}

std::vector<Counted> locks() {
  return {
      {"try_lock_guards_plain_data", 21, 0,
       [] {
         mutex m;
         var<int> data{0};
         const auto body = [&m, &data] {
           if (!m.try_lock()) return;
           data.set(data.get() + 1);
           m.unlock();
         };
         run_threads(body, body, body);
       }},
      {"try_lock_until_it_succeeds", 6, 0,
       [] {
         mutex m;
         const auto body = [&m] {
           while (!m.try_lock()) {
           }
           m.unlock();
         };
         run_threads(body, body, body);
       }},
      {"violation_beside_a_wait", 0, 2,
       [] {
         mutex m;
         const auto body = [&m](bool good) {
           while (!m.try_lock()) {
           }
           m.unlock();
           api::check(good, "always");
         };
         run_threads([body] { body(true); }, [body] { body(false); });
       }},
  };
}

std::vector<Counted> loops() {
  return {
      {"load_then_compare_exchange", any_number, 0,
       [] {
         atomic<int> x{0};
         const auto body = [&x] {
           int seen = 0;
           do {
             seen = x.load();
           } while (!x.compare_exchange_strong(seen, seen + 1));
         };
         run_threads(body, body, body);
       }},
      {"two_push_and_one_pops", 20, 0,
       [] {
         atomic<Cell*> head{nullptr};
         Cell first;
         Cell second;
         run_threads([&] { push(head, first); }, [&] { push(head, second); }, [&] { pop(head); });
       }},
      {"exchange_that_ends_the_round_fails_for_ever", 0, 1,
       [] {
         atomic<int> x{1};
         atomic<int> y{0};
         run_threads([&] {
           do {
             y.load();
           } while (x.exchange(1) != 0);
         });
       }},
      {"exchange_that_begins_the_round_fails_for_ever", 0, 1,
       [] {
         atomic<int> x{1};
         atomic<int> y{0};
         run_threads([&] {
           while (x.exchange(1) != 0 && y.load() != 1) {
           }
         });
       }},
      {"exchange_that_begins_the_round_succeeds_in_the_end", any_number, 0,
       [] {
         atomic<int> x{1};
         atomic<int> y{0};
         run_threads(
             [&] {
               while (x.exchange(1) != 0 && y.load() != 1) {
               }
             },
             [&x] { x.store(0); });
       }},
  };
}

std::vector<Counted> spurious_failures() {
  return {
      {"fails_on_a_value_that_comes_later", 3, 0,
       [] {
         atomic<int> x{0};
         run_threads(
             [&x] {
               int seen = 1;
               x.compare_exchange_weak(seen, 2);
             },
             [&x] { x.store(1); });
       },
       true},
      {"loads_anew_in_each_round", any_number, 0,
       [] {
         atomic<int> x{0};
         const auto add = [&x] {
           int seen = 0;
           do {
             seen = x.load();
           } while (!x.compare_exchange_weak(seen, seen + 1));
         };
         run_threads(add, add);
       },
       true},
      {"fails_on_a_value_that_came_before", 3, 0,
       [] {
         atomic<int> x{0};
         run_threads([&x] { x.store(1); },
                     [&x] {
                       int seen = 1;
                       x.compare_exchange_weak(seen, 2);
                     });
       },
       true},
      {"fails_once_or_twice", 13, 0,
       [] {
         atomic<int> x{0};
         const auto body = [&x] {
           int seen = 0;
           if (x.compare_exchange_weak(seen, 1)) return;
           seen = 0;
           x.compare_exchange_weak(seen, 1);
         };
         run_threads(body, body);
       },
       true},
  };
}

std::vector<Counted> threads_and_findings() {
  return {
      {"one_of_two_bodies_is_spawned", 2, 0,
       [] {
         atomic<int> x{0};
         atomic<int> y{0};
         const auto first = api::spawn([&x] { x.store(1); });
         const auto second =
             x.load() == 1 ? api::spawn([&y] { y.store(1); }) : api::spawn([&y] { y.store(2); });
         api::join(first);
         api::join(second);
       }},
      {"two_threads_may_spawn", 5, 0,
       [] {
         atomic<int> x{0};
         atomic<int> y{0};
         atomic<int> sum{0};
         const auto parent = [&sum](atomic<int>& flag) {
           if (flag.load() == 1) api::join(api::spawn([&sum] { sum.fetch_add(1); }));
         };
         run_threads([&] { parent(x); }, [&] { parent(y); }, [&] { x.store(1), y.store(1); });
       }},
      {"uninitialised_or_wrong", 0, 2,
       [] {
         atomic<int> x;
         run_threads([&x] { api::check(x.load() != 1, "one"); }, [&x] { x.store(1); });
       }},
      {"chosen_and_assumed", 1, 0,
       [] {
         atomic<int> x{0};
         run_threads([&x] { x.store(static_cast<int>(api::choose(3)) + 1); },
                     [&x] { api::assume(x.load() == 2); });
       }},
  };
}

/// What comes before a thread's first access, and behind a race.
std::vector<Counted> beginnings_and_races() {
  return {
      // rc11 must count the spawn as the reader's first event: y = 0 needs x = 1 last. ra does not
      // look at orders.
      {.name = "spawned_between_accesses",
       .complete = 3,
       .violating = 0,
       .body =
           [] {
             atomic<int> x{0};
             atomic<int> y{0};
             const auto first = api::spawn([&] { y.store(1), x.store(2); });
             x.store(1);
             const auto second = api::spawn([&y] { y.load(); });
             api::join(first);
             api::join(second);
           },
       .complete_ra = 4},
      {"ordered_or_racing", 1, 1,
       [] {
         var<int> data{0};
         atomic<int> x{0};
         run_threads([&] { x.fetch_add(1), data.set(1); }, [&] { data.get(), x.fetch_add(1); });
       }},
  };
}

std::vector<Counted> all_programs() {
  std::vector<Counted> all;
  for (const auto& part :
       {locks(), loops(), spurious_failures(), threads_and_findings(), beginnings_and_races()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

class Soundness : public testing::TestWithParam<Counted> {};

TEST_P(Soundness, CountsAreThoseOfBruteForce) {
  const Counted& program = GetParam();
  for (const std::string& model : model_names()) {
    const Result result = count_body(program.body, model, program.spurious);
    if (program.complete != any_number) {
      const bool ra = model == "ra" && program.complete_ra;
      EXPECT_EQ(result.executions.complete, ra ? *program.complete_ra : program.complete) << model;
    }
    EXPECT_EQ(result.executions.violating, program.violating) << model;
    EXPECT_EQ(result.verdict, program.violating == 0 ? Verdict::holds : Verdict::violated) << model;
  }
}

/// The loop may end without success, by the other thread's 1. (How many executions there are
/// depends on what the compiler keeps in the frame from one round to the next.)
TEST(SoundnessOfLoops, OneValueEndsTheLoopWithoutSuccess) {
  const auto body = [] {
    atomic<int> x{0};
    atomic<bool> success{false};
    run_threads(
        [&] {
          for (int seen = 0; seen != 1;) {
            seen = 0;
            if (x.compare_exchange_strong(seen, 1)) success.store(true);
          }
        },
        [&x] { x.store(2), x.store(1); });
    api::check(success.load(), "the loop ended without success");
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body(body, model).verdict, Verdict::violated) << model;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Soundness, testing::ValuesIn(all_programs()),
                         [](const auto& which) { return which.param.name; });

/// By hand: the attempt succeeds at the beginning or after either unlock (3), or fails while the
/// lock is held the first or the second time. The first failure races in every model; so does the
/// second one where failures order nothing, but sc, tso and ra order every read.
TEST(SoundnessOfLocks, FailedAttemptsOrderNothing) {
  const auto body = [] {
    var<int> data{0};
    mutex lock;
    run_threads(
        [&] {
          lock.lock(), data.set(1), lock.unlock();
          lock.lock(), lock.unlock();
        },
        [&] {
          if (lock.try_lock()) {
            lock.unlock();
          } else {
            data.get();
          }
        });
  };
  for (const std::string& model : model_names()) {
    const Result result = count_body(body, model);
    const bool weak = model == "rc11" || model == "cpp20";
    EXPECT_EQ(result.executions.complete, weak ? 3U : 4U) << model;
    EXPECT_EQ(result.executions.violating, weak ? 2U : 1U) << model;
  }
}

/// The unlock without ownership ends its thread, so what stands behind it is in no execution: not
/// even in one that a revisit by the unlock would lead to.
TEST(Soundness, WhatEndsAThreadRevisitsNothing) {
  const auto body = [] {
    api::mutex m;
    run_threads(
        [&m] {
          if (m.try_lock()) m.unlock();
        },
        [&m] {
          m.unlock();
          api::check(false, "behind the end of the thread");
        });
  };
  for (const std::string& model : model_names()) {
    const Result result = count_body(body, model);
    EXPECT_EQ(result.executions.violating, 1U) << model;
    EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::unlocked_unowned) << model;
    const Result other =
        check_body(body, {.model = model, .wanted = ViolationKind::assertion_failed});
    EXPECT_NE(other.counterexample->violation->kind, ViolationKind::assertion_failed) << model;
  }
}

}  // namespace
}  // namespace heddle
