// What tests written for Relacy do that depends on how it runs them: calls of the C library, bases
// and parameters of suites, orders with positions.
#define RELACY_ENABLE_MEMORY_ORDER_DEBUG_INFO_DEFAULTING
#include <gtest/gtest.h>
//
#include <relacy/relacy.hpp>

namespace {

/// As simulate<Suite>(), quietly.
template <typename Suite>
rl::test_params simulated(rl::test_params params = {}) {
  std::ostringstream out;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  rl::simulate<Suite>(params);
  return params;
}
template <typename Suite>
rl::test_result_e result_of_suite() {
  return simulated<Suite>().test_result;
}

template <void (*end)(int)>
struct leaves : rl::test_suite<leaves<end>, 2> {
  void thread(unsigned index) {
    if (index == 1) end(0);
  }
};
struct leaves_in_invariant : rl::test_suite<leaves_in_invariant, 1> {
  rl::atomic<int> x;
  void invariant() {
    if (x.load() == 1) exit(0);
  }
  void thread(unsigned) { x.store(1); }
};

TEST(EndingTheProgram, IsReported) {
  EXPECT_EQ(result_of_suite<leaves<std::exit>>(), rl::test_result_unmodelled_call);
  EXPECT_EQ(result_of_suite<leaves<_exit>>(), rl::test_result_unmodelled_call);
  EXPECT_EQ(result_of_suite<leaves<std::_Exit>>(), rl::test_result_unmodelled_call);
  EXPECT_EQ(result_of_suite<leaves<std::quick_exit>>(), rl::test_result_unmodelled_call);
  EXPECT_EQ(result_of_suite<leaves_in_invariant>(), rl::test_result_unmodelled_call);
  EXPECT_NE(simulated<leaves<std::exit>>().message.find("calls exit()"), std::string::npos);
}

TEST(EndingTheProgram, WorksOutsideOfTests) {
  EXPECT_EXIT(exit(3), testing::ExitedWithCode(3), "");
  EXPECT_EXIT(_exit(4), testing::ExitedWithCode(4), "");
  EXPECT_EXIT(std::quick_exit(5), testing::ExitedWithCode(5), "");
}

struct draws : rl::test_suite<draws, 2> {
  rl::atomic<int> last;
  rl::atomic<long> sum;
  void thread(unsigned) {
    last.store(rand());
    sum.fetch_add(random());
    RL_ASSERT(rand() >= 0 && std::rand() <= RAND_MAX);
  }
};

TEST(Random, IsTheSameInEveryExecution) {
  const rl::test_params params = simulated<draws>();
  EXPECT_EQ(params.test_result, rl::test_result_success) << params.message;
  EXPECT_TRUE(params.exhaustive);
}

template <typename Derived>
struct counts_parts : rl::test_suite<Derived, 2> {
  using base = rl::test_suite<Derived, 2>;
  rl::var<int> parts{0};
  void before() {
    base::before();
    VAR(parts) += 1;
  }
  void after() {
    base::after();
    RL_ASSERT(VAR(parts) == 1);
  }
};
struct calls_its_bases : counts_parts<calls_its_bases> {
  rl::atomic<int> x;
  void before() { counts_parts::before(); }
  void invariant() {
    base::invariant();
    RL_ASSERT(x.load() < 2);
  }
  void thread(unsigned index) { x.store(static_cast<int>(index)); }
};
struct inherits_its_invariant : calls_its_bases {
  void thread(unsigned) { x.store(2); }
};
struct has_no_invariant : rl::test_suite<has_no_invariant, 1> {
  void thread(unsigned) {}
};

TEST(Suite, MayCallItsBase) {
  EXPECT_EQ(result_of_suite<calls_its_bases>(), rl::test_result_success);
  EXPECT_EQ(result_of_suite<inherits_its_invariant>(), rl::test_result_user_invariant_failed);
  static_assert(rl::detail::has_invariant<calls_its_bases>());
  static_assert(rl::detail::has_invariant<inherits_its_invariant>());
  static_assert(!rl::detail::has_invariant<has_no_invariant>());
}

TEST(Params, ANumberIsAStateToBeginWith) {
  for (const auto type : {rl::sched_random, rl::sched_full}) {
    rl::test_params params;
    params.initial_state = "10000000";
    params.search_type = type;
    params.iteration_count = 20;
    params = simulated<draws>(params);
    EXPECT_EQ(params.test_result, rl::test_result_success) << params.message;
    EXPECT_EQ(params.exhaustive, type == rl::sched_full);
  }
}

/// More atomics than the usual number of events allows to construct.
struct many_atomics : rl::test_suite<many_atomics, 2> {
  rl::atomic<int> x[4096];
  void thread(unsigned index) { x[index].store(1); }
};
struct many_variables : rl::test_suite<many_variables, 1> {
  rl::var<int> x{0};
  void thread(unsigned) {
    for (int i = 0; i < 5000; ++i) VAR(x) += 1;
  }
};
struct many_stores : rl::test_suite<many_stores, 1> {
  rl::atomic<int> x;
  void thread(unsigned) {
    for (int i = 0; i < 10'000; ++i) x.store(i);
  }
};

TEST(Params, TheDepthLimitCountsWhereThreadsMaySwitch) {
  EXPECT_EQ(result_of_suite<many_atomics>(), rl::test_result_success);
  EXPECT_EQ(result_of_suite<many_variables>(), rl::test_result_success);
  EXPECT_EQ(result_of_suite<many_stores>(), rl::test_result_livelock);
}

struct smuggles_positions : rl::test_suite<smuggles_positions, 2> {
  rl::atomic<int> x;
  void thread(unsigned) {
    int expected = x.load(rl::memory_order_acquire);
    x.compare_exchange_strong(expected, 2, rl::memory_order_acq_rel, rl::memory_order_relaxed);
    x.compare_exchange_weak(expected, 3, rl::memory_order_seq_cst);
    x.compare_exchange_weak(expected, 4, rl::mo_seq_cst, $, rl::mo_relaxed);
    x.fetch_add(1, rl::memory_order_release);
    rl::atomic_thread_fence(rl::memory_order_seq_cst);
    x.store(1, rl::memory_order_relaxed);
  }
};

TEST(Orders, MayCarryPositions) {
  EXPECT_EQ(result_of_suite<smuggles_positions>(), rl::test_result_success);
}

}  // namespace
