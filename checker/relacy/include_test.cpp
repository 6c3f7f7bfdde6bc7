// What is behind <relacy/relacy.hpp>: memory, history, POSIX and Windows, by their own names.
#include <gtest/gtest.h>
//
#include <relacy/dyn_thread.hpp>
#include <relacy/pch.hpp>
#include <relacy/relacy_cli.hpp>
#include <relacy/stdlib/pthread.hpp>
#include <relacy/stdlib/windows.hpp>

namespace {

template <void (*body)()>
struct of : rl::test_suite<of<body>, 1> {
  void thread(unsigned) { body(); }
};

/// The result of a body that one thread runs.
template <void (*body)()>
rl::test_result_e ends(std::string* text = nullptr) {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  params.output_history = true;
  rl::simulate<of<body>>(params);
  if (text != nullptr) *text = out.str();
  return params.test_result;
}

void uses_memory() {
  auto* a = static_cast<char*>(malloc(3));
  memcpy(a, "ab", 3);
  auto* b = static_cast<char*>(realloc(a, 5));
  RL_ASSERT(a != b && strcmp(b, "ab") == 0);
  auto* c = static_cast<int*>(calloc(2, sizeof(int)));
  RL_ASSERT(c[0] == 0 && c[1] == 0);
  free(b);
  free(c);
  free(nullptr);
  auto* d = new ($) int(5);
  delete d;
}
void forgets() { malloc(8); }
void frees_twice() {
  void* p = malloc(8);
  free(p);
  free(p);
}

TEST(Memory, IsTracked) {
  EXPECT_EQ(ends<uses_memory>(), rl::test_result_success);
  EXPECT_EQ(ends<forgets>(), rl::test_result_memory_leak);
  EXPECT_EQ(ends<frees_twice>(), rl::test_result_double_free);
}

struct event {
  int number;
  void output(std::ostream& stream) const { stream << "number " << number; }
};

void leaves_notes() {
  RL_LOG("a note");
  const rl::debug_info info = $;
  RL_HIST(event){42} RL_HIST_END();
  rl::ctx().exec_log_msg($, "a message");
  RL_ASSERT(rl::ctx().current_thread() == 0);
  assert(false);
}

TEST(History, IsInTheCounterexample) {
  std::string text;
  EXPECT_EQ(ends<leaves_notes>(&text), rl::test_result_user_assert_failed);
  EXPECT_NE(text.find("a note"), std::string::npos) << text;
  EXPECT_NE(text.find("number 42"), std::string::npos) << text;
  EXPECT_NE(text.find("a message"), std::string::npos) << text;
}

void controls() {
  rl::set_errno(5);
  RL_ASSERT(errno == 5);
  int here = 0;
  RL_ASSERT(rl::hash_ptr(&here, 7) == rl::hash_ptr(&here, 7));
  RL_ASSERT(rl::hash_ptr(&here, 7) < 7);
  RL_VERIFY(rl::thread_index() == 0);
  rl::atomic_signal_fence(rl::mo_seq_cst, $);
  rl::linear_backoff().yield($);
}

struct not_2 : rl::test_suite<not_2, 1> {
  void thread(unsigned) { RL_ASSERT(rl::rand(3) != 2); }
};

TEST(Control, IsThere) {
  EXPECT_EQ(ends<controls>(), rl::test_result_success);
  rl::test_params params;
  std::ostringstream out;
  params.output_stream = &out;
  EXPECT_FALSE(rl::simulate<not_2>(params));
}

struct pthreads : rl::test_suite<pthreads, 2> {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_barrier_t barrier;
  pthread_spinlock_t spin;
  pthread_key_t key;
  pthread_once_t once = PTHREAD_ONCE_INIT;
  rl::var<int> serial{0};
  rl::atomic<int> destroyed;

  void before() {
    pthread_barrier_init(&barrier, nullptr, 2);
    pthread_spin_init(&spin, 0);
    pthread_key_create(&key, [](void* value) {
      static_cast<pthreads*>(value)->destroyed.fetch_add(1, rl::mo_relaxed);
    });
  }
  void thread(unsigned) {
    RL_ASSERT(pthread_getspecific(key) == nullptr);
    pthread_setspecific(key, this);
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
      pthread_spin_lock(&spin);
      VAR(serial) += 1;
      pthread_spin_unlock(&spin);
    }
    RL_ASSERT(pthread_getspecific(key) == this);
    pthread_once(&once, [] {});
    if (pthread_mutex_trylock(&mutex) == 0) pthread_mutex_unlock(&mutex);
  }
  void after() {
    RL_ASSERT(VAR(serial) == 1);
    RL_ASSERT(destroyed.load() == 2);
    pthread_barrier_destroy(&barrier);
    pthread_spin_destroy(&spin);
  }
};

void joins_for_a_result() {
  pthread_t thread;
  int value = 0;
  pthread_create(
      &thread, nullptr, [](void* argument) { return argument; }, &value);
  void* result = nullptr;
  pthread_join(thread, &result);
  RL_ASSERT(result == &value);
}

TEST(Posix, Works) {
  rl::test_params params;
  std::ostringstream out;
  params.output_stream = &out;
  EXPECT_TRUE(rl::simulate<pthreads>(params)) << out.str();
  EXPECT_TRUE(params.exhaustive);
  EXPECT_EQ(ends<joins_for_a_result>(), rl::test_result_success);
}

void init_twice() {
  pthread_mutex_t m;
  pthread_mutex_init(&m, nullptr);
  pthread_mutex_init(&m, nullptr);
}
void lock_uninitialised() {
  pthread_mutex_t m;
  pthread_mutex_lock(&m);
}
void never_destroyed() {
  pthread_mutex_t m;
  pthread_mutex_init(&m, nullptr);
}
void condition_twice() {
  pthread_cond_t c;
  pthread_cond_init(&c, nullptr);
  pthread_cond_init(&c, nullptr);
}
void condition_uninitialised() {
  pthread_cond_t c;
  pthread_cond_signal(&c);
}
void semaphore_twice() {
  sem_t s;
  sem_init(&s, 0, 0);
  sem_init(&s, 0, 0);
}
void semaphore_uninitialised() {
  sem_t s;
  sem_post(&s);
}
void read_to_write() {
  pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
  pthread_rwlock_rdlock(&l);
  pthread_rwlock_wrlock(&l);
}
void write_to_read() {
  pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
  pthread_rwlock_wrlock(&l);
  pthread_rwlock_rdlock(&l);
}

TEST(Posix, MisuseHasRelacysResults) {
  EXPECT_EQ(ends<init_twice>(), rl::test_result_double_initialization_of_mutex);
  EXPECT_EQ(ends<lock_uninitialised>(), rl::test_result_usage_of_non_initialized_mutex);
  EXPECT_EQ(ends<never_destroyed>(), rl::test_result_resource_leak);
  EXPECT_EQ(ends<condition_twice>(), rl::test_result_double_initialization_of_condvar);
  EXPECT_EQ(ends<condition_uninitialised>(), rl::test_result_usage_of_non_initialized_condvar);
  EXPECT_EQ(ends<semaphore_twice>(), rl::test_result_double_initialization_of_semaphore);
  EXPECT_EQ(ends<semaphore_uninitialised>(), rl::test_result_usage_of_non_initialized_semaphore);
  EXPECT_EQ(ends<read_to_write>(), rl::test_result_mutex_read_to_write_upgrade);
  EXPECT_EQ(ends<write_to_read>(), rl::test_result_mutex_write_to_read_upgrade);
}

void releases_unowned() {
  HANDLE m = CreateMutex(0, 0, 0);
  ReleaseMutex(m);
}
void closes_owned() { CloseHandle(CreateMutex(0, 1, 0)); }
void forgets_to_close() { CreateEvent(0, 0, 0, 0); }
void signals_a_thread() {
  HANDLE t = CreateThread(
      0, 0, [](void*) { return 0ul; }, 0, 0, 0);
  SetEvent(t);
}
void times_out() {
  CONDITION_VARIABLE c = CONDITION_VARIABLE_INIT;
  SRWLOCK l = SRWLOCK_INIT;
  AcquireSRWLockShared(&l);
  const int woken = SleepConditionVariableSRW(&c, &l, 5, CONDITION_VARIABLE_LOCKMODE_SHARED);
  RL_ASSERT(woken || GetLastError() == ERROR_TIMEOUT);
  RL_UNTIL(!woken);
  ReleaseSRWLockShared(&l);
}

TEST(Windows, MisuseHasRelacysResults) {
  EXPECT_EQ(ends<releases_unowned>(), rl::test_result_unlocking_mutex_wo_ownership);
  EXPECT_EQ(ends<closes_owned>(), rl::test_result_destroying_owned_mutex);
  EXPECT_EQ(ends<forgets_to_close>(), rl::test_result_memory_leak);
  EXPECT_EQ(ends<signals_a_thread>(), rl::test_result_thread_signal);
  EXPECT_EQ(ends<times_out>(), rl::test_result_until_condition_hit);
}

}  // namespace
