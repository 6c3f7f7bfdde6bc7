// simulate(): what it is told, what it tells, and what it makes of broken suites.
#include "checker/relacy/simulate.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <stdexcept>

#include "checker/relacy/memory.hpp"
#include "checker/relacy/relacy.hpp"

namespace {

/// Silent, exhaustive, short.
struct quiet_params : rl::test_params {
  quiet_params() {
    output_stream = &out;
    progress_stream = nullptr;
  }
  std::ostringstream out;
};

template <typename Suite>
rl::test_result_e result_of_suite() {
  quiet_params params;
  const bool expected = rl::simulate<Suite>(params);
  EXPECT_EQ(expected, params.test_result == Suite::params::expected_result);
  return params.test_result;
}

TEST(Results, AreOneToOneWithViolations) {
  std::set<heddle::ViolationKind> kinds;
  std::set<std::string> texts;
  for (int i = rl::test_result_success + 1; i < rl::test_result_count; ++i) {
    const auto result = static_cast<rl::test_result_e>(i);
    const auto kind = rl::violation_of(result);
    ASSERT_TRUE(kind) << i;
    EXPECT_EQ(rl::result_of(*kind), result);
    EXPECT_TRUE(kinds.insert(*kind).second) << i;
    EXPECT_TRUE(texts.insert(rl::test_result_str(result)).second) << i;
  }
  EXPECT_FALSE(rl::violation_of(rl::test_result_success));
  EXPECT_EQ(rl::test_result_thread_signal, 26) << "Relacy has 27 results, from 0";
  EXPECT_STREQ(rl::test_result_str(rl::test_result_data_race), "DATA RACE");
}

struct passes_message : rl::test_suite<passes_message, 2> {
  rl::atomic<int> flag;
  rl::var<int> data;
  void thread(unsigned index) {
    if (index == 0) {
      VAR(data) = 1;
      flag($).store(1, rl::mo_release);
    } else if (flag.load(rl::mo_acquire) == 1) {
      RL_ASSERT(VAR(data) == 1);
    }
  }
};

struct races : rl::test_suite<races, 2, rl::test_result_data_race> {
  rl::var<int> data{0};
  void thread(unsigned) { VAR(data) += 1; }
};

TEST(Simulate, TellsOfSuccess) {
  quiet_params params;
  EXPECT_TRUE(rl::simulate<passes_message>(params));
  EXPECT_EQ(params.test_result, rl::test_result_success);
  EXPECT_TRUE(params.exhaustive);
  EXPECT_EQ(params.stop_iteration, 2U);
  EXPECT_NE(params.test_name.find("passes_message"), std::string::npos);
  EXPECT_NE(params.out.str().find("every execution was explored"), std::string::npos);
  EXPECT_TRUE(params.final_state.empty());
}

TEST(Simulate, TellsOfFailuresAndRepeatsThem) {
  quiet_params params;
  EXPECT_TRUE(rl::simulate<races>(params)) << "it expects the race";
  EXPECT_EQ(params.test_result, rl::test_result_data_race);
  EXPECT_FALSE(params.exhaustive);
  EXPECT_NE(params.message.find("without happens-before order"), std::string::npos);
  EXPECT_NE(params.out.str().find("DATA RACE"), std::string::npos);
  quiet_params again;
  again.initial_state = params.final_state;
  EXPECT_TRUE(rl::simulate<races>(again));
  EXPECT_EQ(again.message, params.message);
  EXPECT_EQ(again.stop_iteration, 1U);
}

TEST(Simulate, SearchesInEachWay) {
  for (const auto type : {rl::sched_random, rl::sched_bound, rl::sched_full, rl::sched_auto}) {
    quiet_params params;
    params.search_type = type;
    params.iteration_count = 50;
    EXPECT_TRUE(rl::simulate<races>(params)) << rl::format(type);
    quiet_params good;
    good.search_type = type;
    good.iteration_count = 50;
    EXPECT_TRUE(rl::simulate<passes_message>(good)) << rl::format(type);
    EXPECT_EQ(good.exhaustive, type != rl::sched_random);
    EXPECT_EQ(good.stop_iteration, type == rl::sched_random ? 50U : 2U);
  }
}

/// Many independent threads: more executions than there is patience for.
struct large : rl::test_suite<large, 8> {
  rl::atomic<int> x;
  void thread(unsigned) {
    x($)++;
    x($)++;
  }
};

TEST(Simulate, StopsAtThePatienceOfItsCaller) {
  quiet_params params;
  params.iteration_count = 3;
  EXPECT_TRUE(rl::simulate<large>(params));
  EXPECT_FALSE(params.exhaustive);
  EXPECT_GE(params.stop_iteration, 3000U);
  EXPECT_NE(params.out.str().find("not exhaustive"), std::string::npos);
}

struct never_ends : rl::test_suite<never_ends, 2, rl::test_result_livelock> {
  rl::atomic<int> x;
  void thread(unsigned index) {
    for (int i = 0; x.load() != -1; ++i) x.store(2 * i + static_cast<int>(index));
  }
};

struct spins : rl::test_suite<spins, 1, rl::test_result_livelock> {
  rl::atomic<int> x;
  void thread(unsigned) {
    rl::exp_backoff pause;
    while (x.load() == 0) pause.yield($);
  }
};

TEST(Simulate, FindsLivelocks) {
  EXPECT_EQ(result_of_suite<spins>(), rl::test_result_livelock);
  quiet_params params;
  params.execution_depth_limit = 100;
  EXPECT_TRUE(rl::simulate<never_ends>(params));
}

struct looks_for_state : rl::test_suite<looks_for_state, 2, rl::test_result_until_condition_hit> {
  rl::atomic<int> x;
  rl::var<int> y{0};
  void thread(unsigned index) {
    if (index == 0) x.store(1);
    if (index == 1) RL_UNTIL(x.load() == 1);
    if (index == 1) VAR(y) = 1;
  }
  void after() { RL_ASSERT(VAR(y) == 0); }  // fails, but is not what is looked for
};

TEST(Simulate, LooksForWhatIsExpected) {
  EXPECT_EQ(result_of_suite<looks_for_state>(), rl::test_result_until_condition_hit);
}

struct has_no_threads : rl::test_suite<has_no_threads, 0> {
  void thread(unsigned) {}
};
struct throws_in_thread : rl::test_suite<throws_in_thread, 1> {
  void thread(unsigned) { throw std::runtime_error("too bad"); }
};
struct throws_in_before : rl::test_suite<throws_in_before, 1> {
  void before() { throw 7; }
  void thread(unsigned) {}
};
struct fails_in_before : rl::test_suite<fails_in_before, 1> {
  void before() { RL_ASSERT(1 + 1 == 3); }
  void thread(unsigned) {}
};
struct fails_in_invariant : rl::test_suite<fails_in_invariant, 1> {
  rl::atomic<int> x;
  void invariant() { RL_ASSERT(x.load() != 1); }
  void thread(unsigned) {
    x.store(1);
    x.store(2);
  }
};
struct crashes : rl::test_suite<crashes, 1> {
  void thread(unsigned) { __builtin_trap(); }
};
struct races_on_plain_memory : rl::test_suite<races_on_plain_memory, 2> {
  volatile int plain = 0;
  void thread(unsigned index) { plain = static_cast<int>(index); }
};

TEST(Simulate, SurvivesBrokenSuites) {
  EXPECT_EQ(result_of_suite<has_no_threads>(), rl::test_result_inconsistent_test_suite);
  EXPECT_EQ(result_of_suite<throws_in_thread>(), rl::test_result_exception);
  EXPECT_EQ(result_of_suite<throws_in_before>(), rl::test_result_exception);
  EXPECT_EQ(result_of_suite<fails_in_before>(), rl::test_result_user_assert_failed);
  EXPECT_EQ(result_of_suite<fails_in_invariant>(), rl::test_result_user_invariant_failed);
  EXPECT_EQ(result_of_suite<crashes>(), rl::test_result_crash);
  EXPECT_EQ(result_of_suite<races_on_plain_memory>(), rl::test_result_data_race);
}

TEST(Simulate, SaysWhatIsWrongWithASuite) {
  quiet_params params;
  EXPECT_FALSE(rl::simulate<has_no_threads>(params));
  EXPECT_NE(params.message.find("at least one thread"), std::string::npos);
  EXPECT_FALSE(rl::simulate<throws_in_thread>(params));
  EXPECT_NE(params.message.find("too bad"), std::string::npos);
}

TEST(Simulate, RefusesStatesThatAreNone) {
  quiet_params params;
  params.initial_state = "550 24 3 0";
  EXPECT_FALSE(rl::simulate<races>(params));
  EXPECT_EQ(params.test_result, rl::test_result_inconsistent_test_suite);
  EXPECT_NE(params.message.find("initial_state"), std::string::npos);
  params.initial_state.clear();
  params.model = "alpha";
  EXPECT_FALSE(rl::simulate<races>(params));
  EXPECT_NE(params.message.find("alpha"), std::string::npos);
}

void start_threads() {
  rl::atomic<int> sum{0};
  rl::dyn_thread threads[2];
  const auto add = [](void* to) -> void* {
    static_cast<rl::atomic<int>*>(to)->fetch_add(1);
    return nullptr;
  };
  for (auto& each : threads) each.start(add, &sum);
  for (auto& each : threads) each.join();
  RL_ASSERT(sum.load() == 2);
}

TEST(Simulate, ExecutesFunctions) {
  quiet_params params;
  EXPECT_TRUE((rl::execute<start_threads, 2>(params)));
  EXPECT_TRUE(params.exhaustive);
  EXPECT_EQ(params.stop_iteration, 2U);
  const rl::simulate_f test = &rl::simulate<passes_message>;
  EXPECT_TRUE(test(params));
}

struct starts_and_forgets : rl::test_suite<starts_and_forgets, 1> {
  static constexpr int dynamic_thread_count = 1;
  rl::atomic<int> x;
  rl::dyn_thread other;
  static void* run(void* self) {
    static_cast<starts_and_forgets*>(self)->x.store(1);
    return nullptr;
  }
  void thread(unsigned) {
    rl::dyn_thread local;
    local.start(run, this);
  }
  void after() { RL_ASSERT(x.load() == 1); }
};

TEST(Simulate, EndsBehindAllThreads) {
  static_assert(starts_and_forgets::params::thread_count == 2);
  EXPECT_EQ(result_of_suite<starts_and_forgets>(), rl::test_result_success);
}

}  // namespace
