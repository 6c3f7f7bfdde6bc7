// Each function of the system that scenario code can't call is refused by name, at the line that
// calls it.
#include <err.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <spawn.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>

#include "checker/api/api.hpp"
#include "checker/fiber/sanitizer.hpp"
#include "checker/session/session.hpp"

namespace heddle {
namespace {

using namespace std::chrono_literals;

struct Call {
  const char* name;
  const char* says;  // the function, as the message names it
  std::function<void()> body;
  std::uint32_t line;  // of the body
};

Result check_body(const std::function<void()>& body, const Options& options = {}) {
  return check({.name = "test", .body = body}, options);
}

/// The call is made by a thread behind its first operation.
Scenario scenario_of(const Call& call) {
  const auto body = [&call] {
    api::atomic<int> x{0};
    const auto thread = api::spawn([&] {
      x.fetch_add(1);
      call.body();
    });
    api::join(thread);
  };
  return {.name = "test", .body = body};
}

void expect_refused(const Call& call) {
  SCOPED_TRACE(call.name);
  const Scenario scenario = scenario_of(call);
  const Result result = check(scenario, {});
  EXPECT_EQ(result.verdict, Verdict::broken);
  ASSERT_TRUE(result.counterexample);
  const trace::Violation& violation = *result.counterexample->violation;
  EXPECT_EQ(violation.kind, ViolationKind::unmodelled_call);
  EXPECT_EQ(violation.thread, 1U);
  const std::string begin = "the thread calls " + std::string(call.says) + "()";
  EXPECT_EQ(violation.message.substr(0, begin.size()), begin);
  EXPECT_NE(violation.message.find("which can't be explored: "), std::string::npos)
      << violation.message;
#ifdef __x86_64__
  EXPECT_TRUE(violation.file.ends_with("checker/interpose/refusals_test.cpp")) << violation.file;
  EXPECT_EQ(violation.line, call.line) << violation.message;
#endif
  EXPECT_EQ(replay(scenario, *result.counterexample).verdict, Verdict::broken);
}

// One line each: it is looked for.
#define CALL(name, function, ...)                 \
  Call {                                          \
    name, function, [] { __VA_ARGS__; }, __LINE__ \
  }

void expect_all_refused(const std::vector<Call>& calls) {
  for (const Call& call : calls) expect_refused(call);
}

// clang-format off
TEST(Refusals, OfThreads) {
  static void* (*const body)(void*) = [](void*) -> void* { return nullptr; };
  static int (*const c_body)(void*) = [](void*) { return 0; };
  expect_all_refused({
      CALL("std::thread", "pthread_create", std::thread t([] {}); t.join()),
      CALL("std::jthread", "pthread_create", const std::jthread t([] {})),
      CALL("std::async", "pthread_create", std::async(std::launch::async, [] {}).get()),
      CALL("of POSIX", "pthread_create", pthread_t t{}; pthread_create(&t, nullptr, body, nullptr)),
      CALL("pthread_exit", "pthread_exit", pthread_exit(nullptr)),
      CALL("of C", "thrd_create", thrd_t t{}; thrd_create(&t, c_body, nullptr)),
  });
}

TEST(Refusals, OfLocks) {
  static std::timed_mutex timed;
  static std::shared_mutex shared;
  expect_all_refused({
      CALL("std::mutex", "pthread_mutex_lock", std::mutex m; m.lock()),
      CALL("std::lock_guard", "pthread_mutex_lock", std::mutex m; const std::lock_guard g(m)),
      CALL("try_lock", "pthread_mutex_trylock", std::mutex m; m.try_lock()),
      CALL("std::recursive_mutex", "pthread_mutex_lock", std::recursive_mutex m; m.lock()),
      CALL("std::timed_mutex", "pthread_mutex_clocklock", timed.try_lock_for(1h)),
      CALL("std::shared_mutex", "pthread_rwlock_wrlock", shared.lock()),
      CALL("std::shared_lock", "pthread_rwlock_rdlock", const std::shared_lock l(shared)),
      CALL("of POSIX", "pthread_mutex_init", pthread_mutex_t m; pthread_mutex_init(&m, nullptr)),
      CALL("pthread_spin_lock", "pthread_spin_lock", pthread_spinlock_t s{}; pthread_spin_lock(&s)),
      CALL("mtx_init", "mtx_init", mtx_t m; mtx_init(&m, mtx_plain)),
  });
}

TEST(Refusals, OfWaits) {
  static std::condition_variable condition;
  static std::condition_variable_any any;
  static pthread_cond_t posix_condition = PTHREAD_COND_INITIALIZER;
  static pthread_mutex_t posix_mutex = PTHREAD_MUTEX_INITIALIZER;
  static pthread_barrier_t posix_barrier;
  expect_all_refused({
      CALL("std::condition_variable", "pthread_cond_signal", condition.notify_one()),
      CALL("of POSIX", "pthread_cond_wait", pthread_cond_wait(&posix_condition, &posix_mutex)),
      CALL("std::condition_variable_any", "pthread_mutex_lock", any.notify_all()),
      CALL("sem_wait", "sem_wait", sem_t s{}; sem_wait(&s)),
      CALL("sem_post", "sem_post", sem_t s{}; sem_post(&s)),
      CALL("of POSIX", "pthread_barrier_wait", pthread_barrier_wait(&posix_barrier)),
      CALL("std::counting_semaphore", "futex", std::counting_semaphore<4> s{0}; s.acquire()),
      CALL("std::atomic::wait", "futex", std::atomic<int> x{0}; x.wait(0)),
      CALL("std::latch", "futex", std::latch l{1}; l.wait()),
      CALL("std::future", "futex", std::promise<int> p; p.get_future().wait()),
      CALL("std::call_once", "pthread_once", std::once_flag f; std::call_once(f, [] {})),
      CALL("std::promise", "pthread_once", std::promise<int> p; p.set_value(1)),
  });
}

TEST(Refusals, OfProcesses) {
  static char word[] = "true";
  static char* words[] = {word, nullptr};
  static pid_t id = 0;
  expect_all_refused({
      CALL("fork", "fork", if (fork() == 0) _exit(0)),
      CALL("vfork", "vfork", if (vfork() == 0) _exit(0)),
      CALL("execl", "execl", execl("/bin/true", "true", nullptr)),
      CALL("execlp", "execlp", execlp("true", "true", nullptr)),
      CALL("execvp", "execvp", execvp("true", words)),
      CALL("execve", "execve", execve("/bin/true", words, environ)),
      CALL("of POSIX", "posix_spawn", posix_spawn(&id, "true", nullptr, nullptr, words, nullptr)),
      CALL("system", "system", [[maybe_unused]] int s = std::system("true")),
      CALL("popen", "popen", popen("true", "r")),
      CALL("waitpid", "waitpid", waitpid(-1, nullptr, 0)),
  });
}

TEST(Refusals, OfExits) {
  expect_all_refused({
      CALL("std::exit", "exit", std::exit(0)),
      CALL("_exit", "_exit", _exit(0)),
      CALL("std::_Exit", "_Exit", std::_Exit(0)),
      CALL("std::quick_exit", "quick_exit", std::quick_exit(0)),
      CALL("exit_group", "exit_group", syscall(SYS_exit_group, 0)),
      CALL("SYS_exit", "exit", syscall(SYS_exit, 0)),
  });
}

TEST(Refusals, OfWaitsForOthers) {
  static int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  static char byte = 0;
  expect_all_refused({
      CALL("sleep", "sleep", sleep(1000)),
      CALL("usleep", "usleep", usleep(1000)),
      CALL("sleep_for", "nanosleep", std::this_thread::sleep_for(1000s)),
      CALL("pause", "pause", pause()),
      CALL("read", "read", [[maybe_unused]] auto n = read(ends[0], &byte, 1)),
      CALL("recv", "recv", recv(ends[0], &byte, 1, 0)),
      CALL("accept", "accept", accept(ends[0], nullptr, nullptr)),
      CALL("poll", "poll", pollfd p{}; poll(&p, 1, -1)),
      CALL("select", "select", select(0, nullptr, nullptr, nullptr, nullptr)),
      CALL("sigwait", "sigwait", sigset_t s{}; int n = 0; sigwait(&s, &n)),
      CALL("kill", "kill", kill(getpid(), SIGKILL)),
      CALL("raise", "raise", std::raise(SIGTERM)),
      CALL("std::signal", "signal", std::signal(SIGSEGV, SIG_IGN)),
      CALL("alarm", "alarm", alarm(1)),
  });
}

#ifndef HEDDLE_ASAN  // there they are not seen
TEST(Refusals, OfPositionsInOutput) {
  static fpos_t position{};
  expect_all_refused({
      CALL("ftell", "ftell", std::ftell(stdout)),
      CALL("fgetpos", "fgetpos", std::fgetpos(stderr, &position)),
      CALL("lseek", "lseek", lseek(1, 0, SEEK_CUR)),
      CALL("tellp", "fseeko64", std::cout.tellp()),
  });
}
#endif
// clang-format on

/// exit() is also called where no definition of ours comes in between.
TEST(Refusals, OfExitsInsideOfTheLibrary) {
  EXPECT_EXIT(check_body([] { errx(0, "done"); }), testing::ExitedWithCode(4),
              "calls a library's function that ends the program");
}

/// The C++ runtime's own, which no thread can tell, go on; so do files, which are there.
TEST(Refusals, SpareWhatWaitsForNobody) {
  const Result result = check_body([] {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << 3.5 << std::hex << 255;
    std::ifstream file("/proc/self/stat");
    std::string word;
    file >> word;
    api::check(text.str() == "3.5ff" && !word.empty(), "streams work");
    try {
      throw 7;
    } catch (int) {
      std::this_thread::yield();
    }
    api::check(syscall(SYS_getpid) == getpid(), "other system calls are made");
  });
  EXPECT_EQ(result.verdict, Verdict::holds)
      << (result.counterexample ? result.counterexample->violation->message : result.reason);
}

/// Outside of scenario code nothing is changed.
TEST(Refusals, PassOnOutsideOfScenarios) {
  check_body([] {});
  std::mutex mutex;
  int sum = 0;
  std::thread thread([&] {
    const std::lock_guard guard(mutex);
    ++sum;
  });
  thread.join();
  EXPECT_EQ(sum, 1);
  const pid_t child = vfork();
  if (child == 0) _exit(7);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  const pid_t shell = fork();
  if (shell == 0) {
    const char* environment[] = {"HEDDLE_X=3", nullptr};
    execle("/bin/sh", "sh", "-c", "exit $(($1 + $2 + $3 + $4 + $5 + $6 + HEDDLE_X))", "sh", "1",
           "2", "3", "4", "5", "6", nullptr, environment);
    _exit(1);
  }
  EXPECT_EQ(waitpid(shell, &status, 0), shell);
  EXPECT_EQ(WEXITSTATUS(status), 24);
}

/// What is no call of a function is noticed by the time that it takes.
TEST(Refusals, OfSystemCallsThatWait) {
#ifdef __x86_64__
  static int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  const auto read_pipe = [] {
    char byte = 0;
    long result = SYS_read;
    asm volatile("syscall"
                 : "+a"(result)
                 : "D"(ends[0]), "S"(&byte), "d"(1)
                 : "rcx", "r11", "memory");
  };
  const Result result = check_body(read_pipe);
  EXPECT_EQ(result.verdict, Verdict::broken);
  ASSERT_TRUE(result.counterexample);
  EXPECT_NE(result.counterexample->violation->message.find("waits in the system call read"),
            std::string::npos)
      << result.counterexample->violation->message;
  EXPECT_LT(result.seconds, 10.0);
#endif
}

}  // namespace
}  // namespace heddle
