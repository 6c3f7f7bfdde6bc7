// What tests written for Relacy name beyond the API proper: its single headers, positions, macros,
// the context, the bases.
#include <gtest/gtest.h>
//
#include <relacy/atomic.hpp>
#include <relacy/atomic_fence.hpp>
#include <relacy/backoff.hpp>
#include <relacy/base.hpp>
#include <relacy/context.hpp>
#include <relacy/context_base.hpp>
#include <relacy/defs.hpp>
#include <relacy/history.hpp>
#include <relacy/memory.hpp>
#include <relacy/memory_order.hpp>
#include <relacy/platform.hpp>
#include <relacy/random.hpp>
#include <relacy/stdlib/condition_variable.hpp>
#include <relacy/stdlib/event.hpp>
#include <relacy/stdlib/mutex.hpp>
#include <relacy/stdlib/semaphore.hpp>
#include <relacy/test_params.hpp>
#include <relacy/test_result.hpp>
#include <relacy/test_suite.hpp>
#include <relacy/thread.hpp>
#include <relacy/thread_local.hpp>
#include <relacy/var.hpp>
#include <relacy/volatile.hpp>
// Behind the macros for their names, as tests may have them.
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>
#include <thread>

namespace {

/// The result of a body that one thread runs.
template <void (*body)()>
rl::test_result_e ends(std::string* text = nullptr) {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  rl::execute<body, 1>(params);
  if (text != nullptr) *text = out.str();
  return params.test_result;
}

struct node {
  rl::atomic<char> mark;
  rl::var<char> data;
};
struct wide {
  alignas(32) char bytes[64];
};

TEST(Layout, LeavesRoomForMarksInPointers) {
  static_assert(alignof(rl::atomic<int*>) == alignof(int*));
  static_assert(sizeof(rl::atomic<int*>) >= sizeof(int*));
  static_assert(alignof(node) >= alignof(void*) && sizeof(node) >= 2 * sizeof(void*));
  static_assert(alignof(rl::atomic<wide>) == 32 && sizeof(rl::atomic<wide>) >= sizeof(wide));
  static_assert(alignof(rl::var<wide>) == 32 && sizeof(rl::var<wide>) >= sizeof(wide));
}

rl::debug_info given(rl::debug_info_param info DEFAULTED_DEBUG_INFO) { return info; }
bool is_here(rl::debug_info_param info, unsigned line) {
  return info.file_ == std::string(__FILE__) && info.line_ == line;
}

TEST(DebugInfo, IsRelacys) {
  const rl::debug_info none;
  EXPECT_STREQ(none.func_, "");
  const rl::debug_info info("function", "file", 7);
  EXPECT_STREQ(info.func_, "function");
  EXPECT_STREQ(info.file_, "file");
  EXPECT_EQ(info.line_, 7U);
  EXPECT_TRUE(is_here($, __LINE__));
  EXPECT_TRUE(is_here(RL_INFO, __LINE__));
  EXPECT_TRUE(is_here(given(), __LINE__));
  EXPECT_STREQ(given(info).func_, "function");
  EXPECT_STREQ(($).func_, __FUNCTION__);
#ifdef __cpp_lib_source_location
  EXPECT_TRUE(is_here(std::source_location::current(), __LINE__));
#endif
  std::ostringstream text;
  text << info;
  EXPECT_EQ(text.str(), "function, file(7)");
}

/// Takes positions as Relacy's own do.
struct own_mutex {
  rl::mutex inner;
  void lock(rl::debug_info_param info DEFAULTED_DEBUG_INFO) { inner.lock(info); }
  void unlock(rl::debug_info_param info DEFAULTED_DEBUG_INFO) { inner.unlock(info); }
};
struct passes_positions : rl::test_suite<passes_positions, 2> {
  own_mutex mutex;
  rl::condition_variable changed;
  rl::var<int> data{0};
  void thread(unsigned index) {
    rl::unique_lock<own_mutex> lock(mutex, $);
    if (index == 0) {
      data($) = 1;
      changed.notify_one($);
    }
    while (data($) == 0) changed.wait(lock, $);
    RL_ASSERT(lock.owns_lock() && lock.mutex() == &mutex);
    lock.unlock($);
    rl::thread other([] {}, $);
    other.join($);
  }
};

template <typename Suite>
std::string problem_of() {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  return rl::simulate<Suite>(params) && params.exhaustive ? "" : out.str();
}

TEST(DebugInfo, IsPassedOn) { EXPECT_EQ(problem_of<passes_positions>(), ""); }

void fails_with_a_race() { rl::ctx().fail_test("two at once", rl::test_result_data_race, $); }
void fails_with_a_lock() {
  RL_ASSERT_IMPL(1 + 1 == 3, rl::test_result_recursion_on_nonrecursive_mutex, "", RL_INFO);
}
void fails_plainly() { RL_ASSERT_IMPL(false, rl::test_result_user_assert_failed, "so it is", $); }
void does_not_fail() { RL_ASSERT_IMPL(true, rl::test_result_deadlock, "", $); }
void reaches() { rl::ctx().rl_until("there", $); }
struct fails_in_invariant : rl::test_suite<fails_in_invariant, 1> {
  void invariant() { rl::ctx().fail_test("never", rl::test_result_user_assert_failed, $); }
  void thread(unsigned) {}
};

TEST(FailTest, GivesItsResult) {
  std::string text;
  EXPECT_EQ(ends<fails_with_a_race>(&text), rl::test_result_data_race);
  EXPECT_NE(text.find("two at once"), std::string::npos) << text;
  EXPECT_EQ(ends<fails_with_a_lock>(), rl::test_result_recursion_on_nonrecursive_mutex);
  EXPECT_EQ(ends<fails_plainly>(), rl::test_result_user_assert_failed);
  EXPECT_EQ(ends<does_not_fail>(), rl::test_result_success);
  EXPECT_EQ(ends<reaches>(), rl::test_result_until_condition_hit);
  EXPECT_NE(problem_of<fails_in_invariant>().find("USER INVARIANT FAILED"), std::string::npos);
}

/// Every result that is a failure comes out as itself.
rl::test_result_e wanted;
void fails_as_wanted() { rl::ctx().fail_test("", wanted, $); }

TEST(FailTest, KnowsEveryResult) {
  for (int i = rl::test_result_success + 1; i < rl::test_result_count; ++i) {
    wanted = static_cast<rl::test_result_e>(i);
    EXPECT_EQ(ends<fails_as_wanted>(), wanted) << rl::test_result_str(wanted);
  }
}

void leaves_events() {
  const rl::debug_info info = $;
  RL_HIST(rl::user_event){"an event"} RL_HIST_END();
  RL_HIST(rl::user_msg_event){std::string("a message that is not short at all")} RL_HIST_END();
  const rl::preemption_disabler disabled(rl::ctx());
  RL_ASSERT(rl::ctx().rand(1, rl::sched_type_user) == 0 && rl::context::is_instance());
  RL_ASSERT(false);
}

TEST(Context, HasWhatTestsCall) {
  std::string text;
  EXPECT_EQ(ends<leaves_events>(&text), rl::test_result_user_assert_failed);
  for (const char* part : {"an event", "a message that is", "disable_preemption() has no effect"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  }
}

namespace both {

using namespace rl;
using namespace std;

struct both_namespaces : test_suite<both_namespaces, 1> {
  rl::atomic<int> x;
  void thread(unsigned) {
    const vector<string> words(2);
    x($).store(static_cast<int>(words.size()), memory_order_release);
    RL_ASSERT(x.load(rl::memory_order_acquire) + x.load(std::memory_order_relaxed) == 4);
  }
};

}  // namespace both

TEST(Namespaces, MayBeUsedBoth) { EXPECT_EQ(problem_of<both::both_namespaces>(), ""); }

class uncopied : rl::nocopy<> {};
class uncopied_too {
  RL_NOCOPY(uncopied_too)
 public:
  uncopied_too() = default;
};
RL_INLINE int twice(const int* RL_RESTRICT number) RL_THROW_SPEC(int) { return 2 * *number; }
RL_NOINLINE int RL_STDCALL third() { return 3; }

TEST(Platform, HasRelacysMacros) {
  static_assert(std::is_same_v<rl::std_generic_mutex<rl::mutex_tag_std, false>, rl::mutex>);
  static_assert(!std::is_copy_constructible_v<uncopied>);
  static_assert(!std::is_copy_constructible_v<uncopied_too>);
  const int number = third();
  EXPECT_EQ(twice(&number), 6);
  EXPECT_STREQ(RL_STRINGIZE(a b), "a b");
}

}  // namespace
