// Waits, locks and spin loops whose threads need each other in ways that are easy to miss.
//
// Every program is small, and its numbers were found by brute force: all interleavings for sc, and
// all graphs that the axioms of release/acquire consistency admit for rc11 (every load acquires,
// every store releases, so the two agree).
#include <gtest/gtest.h>

#include <algorithm>
#include <new>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// One operation of a thread. Locations are the letters of the program.
struct WaitStep {
  enum class Kind { store, add, cas, await, lock, unlock, spin } kind;
  char location = 0;
  int first = 0;              // value to store, expected value of cas and spin
  int second = 0;             // desired value of cas and spin
  std::vector<int> set = {};  // values that end an await
};

using WaitThread = std::vector<WaitStep>;

WaitStep store(char x, int value) { return {WaitStep::Kind::store, x, value}; }
WaitStep add(char x) { return {WaitStep::Kind::add, x, 1}; }
WaitStep cas(char x, int from, int to) { return {WaitStep::Kind::cas, x, from, to}; }
WaitStep await_in(char x, std::vector<int> set) {
  return {WaitStep::Kind::await, x, 0, 0, std::move(set)};
}
WaitStep lock(char m) { return {WaitStep::Kind::lock, m}; }
WaitStep unlock(char m) { return {WaitStep::Kind::unlock, m}; }
/// while (!cas(from, to));
WaitStep spin(char x, int from, int to) { return {WaitStep::Kind::spin, x, from, to}; }

/// Objects whose lives never end, so that a mutex may stay locked. On the main thread's stack.
class WaitObjects {
 public:
  WaitObjects() {
    for (int i = 0; i < count; ++i) {
      api::name(*new (atomics_[i]) api::atomic<int>(0), names[i]);
      api::name(*new (mutexes_[i]) api::mutex, mutex_names[i]);
    }
  }

  api::atomic<int>& atomic(char x) {
    return *std::launder(reinterpret_cast<api::atomic<int>*>(atomics_[x - 'w']));
  }
  api::mutex& mutex(char m) {
    return *std::launder(reinterpret_cast<api::mutex*>(mutexes_[m - 'm']));
  }

 private:
  static constexpr int count = 4;
  static constexpr const char* names[count] = {"w", "x", "y", "z"};
  static constexpr const char* mutex_names[count] = {"m", "n", "o", "p"};
  alignas(api::atomic<int>) std::byte atomics_[count][sizeof(api::atomic<int>)];
  alignas(api::mutex) std::byte mutexes_[count][sizeof(api::mutex)];
};

/// Loads acquire, stores release.
void run_waits(const WaitThread& thread, WaitObjects& objects) {
  using Kind = WaitStep::Kind;
  constexpr auto both = std::memory_order_acq_rel;
  for (const WaitStep& step : thread) {
    const char x = step.location;
    if (step.kind == Kind::store) objects.atomic(x).store(step.first, release);
    if (step.kind == Kind::add) objects.atomic(x).fetch_add(step.first, both);
    if (step.kind == Kind::lock) objects.mutex(x).lock();
    if (step.kind == Kind::unlock) objects.mutex(x).unlock();
    if (step.kind == Kind::cas) {
      int expected = step.first;
      objects.atomic(x).compare_exchange_strong(expected, step.second, both, acquire);
    }
    if (step.kind == Kind::spin) {
      int expected = step.first;
      while (!objects.atomic(x).compare_exchange_strong(expected, step.second, both, acquire)) {
        expected = step.first;
      }
    }
    if (step.kind == Kind::await) {
      api::await([&] {
        const int value = objects.atomic(x).load(acquire);
        return std::find(step.set.begin(), step.set.end(), value) != step.set.end();
      });
    }
  }
}

std::function<void()> body_of(const std::vector<WaitThread>& threads) {
  return [&threads] {
    WaitObjects objects;
    for (const WaitThread& thread : threads) {
      api::spawn([&thread, &objects] { run_waits(thread, objects); });
    }
    for (std::size_t i = 1; i <= threads.size(); ++i) api::join(static_cast<std::uint32_t>(i));
  };
}

struct WaitProgram {
  std::string name;
  std::vector<WaitThread> threads;
  // Numbers of complete executions, and of those in which a thread waits for ever.
  std::uint64_t complete_sc;
  std::uint64_t complete_tso;
  std::uint64_t complete_weak;  // ra, rc11 and cpp20
  std::uint64_t stuck;          // in every model
};

std::vector<WaitProgram> awaits_and_locks() {
  return {
      {"wait_in_front_of_two_cas",
       {{add('y'), await_in('x', {0, 2})}, {store('x', 1), cas('y', 0, 2), cas('x', 1, 2)}},
       3,
       3,
       3,
       0},
      {"wait_under_a_lock_that_is_kept",
       {{lock('m'), await_in('x', {0})}, {store('x', 1), lock('m'), store('x', 0), unlock('m')}},
       1,
       1,
       1,
       2},
      {"two_keep_the_lock",
       {{lock('n'), await_in('y', {0})}, {store('y', 1), lock('n')}},
       0,
       0,
       0,
       3},
      // The second value must be placed before the one that ends the wait of its writer.
      {"wait_for_a_value_that_is_overwritten",
       {{add('y'), await_in('x', {0})},
        {await_in('w', {1}), store('x', 3)},
        {await_in('z', {0}), store('x', 1), store('w', 1), await_in('z', {0}), cas('y', 0, 2)}},
       1,
       1,
       1,
       2},
      {"wait_between_the_stores_of_another_wait",
       {{await_in('x', {0, 2})}, {add('x'), await_in('y', {0, 2}), store('x', 0)}, {store('y', 1)}},
       2,
       2,
       2,
       2},
  };
}

std::vector<WaitProgram> spins_and_windows() {
  return {
      {"spin_that_writes_what_is_there",
       {{spin('x', 0, 0)}, {store('x', 1), spin('x', 1, 0)}},
       2,
       2,
       2,
       0},
      {"spin_that_frees_another",
       {{spin('x', 0, 0)}, {store('x', 1)}, {spin('x', 1, 0)}},
       2,
       2,
       2,
       0},
      {"spin_after_an_own_addition",
       {{add('y'), spin('y', 1, 0)}, {add('y')}, {store('y', 1)}},
       5,
       5,
       5,
       4},
      {"spins_in_a_chain",
       {{spin('x', 1, 2)}, {spin('x', 0, 1), add('x')}, {store('x', 0)}},
       4,
       4,
       4,
       2},
      {"each_waits_for_what_the_other_took",
       {{cas('x', 0, 1), await_in('y', {0})}, {cas('y', 0, 2), await_in('x', {0}), add('x')}},
       0,
       0,
       1,
       4},
      {"each_waits_for_two_values",
       {{await_in('x', {1, 2}), await_in('y', {0})},
        {store('y', 2), await_in('x', {0}), store('y', 0)},
        {add('x')}},
       1,
       2,
       2,
       2},
      {"window_that_closes", {{await_in('x', {1})}, {store('x', 1), store('x', 0)}}, 1, 1, 1, 1},
  };
}

class Waits : public testing::TestWithParam<WaitProgram> {};

TEST_P(Waits, AreCountedAsByBruteForce) {
  const WaitProgram& program = GetParam();
  for (const std::string& model : model_names()) {
    const std::uint64_t complete = model == "sc"    ? program.complete_sc
                                   : model == "tso" ? program.complete_tso
                                                    : program.complete_weak;
    const Result result = check_body(body_of(program.threads),
                                     {.model = model, .keep_going = true, .paranoid = true});
    EXPECT_EQ(result.executions.complete, complete) << model;
    EXPECT_EQ(result.executions.violating, program.stuck) << model;
    EXPECT_EQ(result.verdict, program.stuck == 0 ? Verdict::holds : Verdict::violated) << model;
  }
}

/// The first deadlock that stops the search replays.
TEST_P(Waits, ReplayWhatIsStuck) {
  const Scenario scenario = scenario_of("waits", body_of(GetParam().threads));
  for (const std::string& model : model_names()) {
    const Result result = check(scenario, {.model = model});
    if (!result.counterexample) continue;
    const std::string json = to_json(*result.counterexample);
    EXPECT_EQ(to_json(*replay(scenario, trace::from_json(json)).counterexample), json);
  }
}

/// Random walks find no other kind of end, and what they find replays.
TEST_P(Waits, RandomWalksAgree) {
  const Scenario scenario = scenario_of("waits", body_of(GetParam().threads));
  const Result result = check(scenario, {.strategy = "random", .executions = 200});
  EXPECT_EQ(result.counterexample.has_value(), GetParam().stuck > 0);
  if (!result.counterexample) return;
  const std::string json = to_json(*result.counterexample);
  EXPECT_EQ(to_json(*replay(scenario, trace::from_json(json)).counterexample), json);
}

INSTANTIATE_TEST_SUITE_P(AwaitsAndLocks, Waits, testing::ValuesIn(awaits_and_locks()),
                         [](const auto& which) { return which.param.name; });
INSTANTIATE_TEST_SUITE_P(SpinsAndWindows, Waits, testing::ValuesIn(spins_and_windows()),
                         [](const auto& which) { return which.param.name; });

}  // namespace
}  // namespace heddle
