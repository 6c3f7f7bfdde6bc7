// Tests that say std:: run under simulate() through relacy_std.hpp. It must come first, so this
// file is a program of its own: std_names() is called from std_names_caller_test.cpp.
#include <relacy/relacy_std.hpp>
//
#include <barrier>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

namespace {

struct everything : rl::test_suite<everything, 2> {
  std::atomic<int> x{0};
  std::atomic_flag flag = ATOMIC_FLAG_INIT;
  std::atomic_uint32_t word{0};
  std::mutex mutex;
  std::recursive_mutex recursive;
  std::shared_mutex shared;
  std::timed_mutex timed;
  std::condition_variable condition;
  std::once_flag once;
  std::latch both{2};
  rl::var<int> data{0};

  void thread(unsigned index) {
    std::call_once(once, [&] { x.store(1, std::memory_order_relaxed); });
    if (index == 0) {
      {
        std::unique_lock<std::mutex> lock(mutex);
        condition.wait(lock, [&] { return data($) == 1; });
      }
      std::shared_lock reader(shared);
      std::scoped_lock nested(recursive);
    } else {
      {
        std::lock_guard<std::mutex> lock(mutex);
        data($) = 1;
      }
      condition.notify_one();
      if (!flag.test_and_set()) word.fetch_add(1);
      std::this_thread::yield();
    }
    std::atomic_thread_fence(std::memory_order_seq_cst);
    both.arrive_and_wait();
  }
  void after() { RL_ASSERT(x.load() == 1 && word == 1u); }
};

struct threads : rl::test_suite<threads, 1> {
  [[maybe_unused]] static constexpr int dynamic_thread_count = 1;
  void thread(unsigned) {
    std::atomic<int> x{0};
    std::jthread other(
        [&](std::stop_token stop, int by) {
          if (!stop.stop_requested()) x += by;
        },
        2);
    other.join();
    RL_ASSERT(x == 2 && other.get_id() == std::jthread::id());
    std::counting_semaphore<> places(1);
    places.acquire();
    std::barrier<> alone(1);
    alone.arrive_and_wait();
    RL_ASSERT(std::hash<std::thread::id>()(std::this_thread::get_id()) != 0 || true);
  }
};

struct waits : rl::test_suite<waits, 2> {
  std::atomic<int> x{0};
  rl::var<int> data{0};
  void thread(unsigned index) {
    if (index == 0) {
      data($) = 1;
      x.store(1, std::memory_order_release);
      x.notify_all();
    } else {
      x.wait(0, std::memory_order_acquire);
      RL_ASSERT(data($) == 1);
    }
  }
};

template <typename Suite>
std::string problem_of() {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.progress_stream = nullptr;
  if (rl::simulate<Suite>(params) && params.exhaustive) return "";
  return out.str();
}

}  // namespace

/// What is wrong; nothing if all is well.
std::string std_names() {
  return problem_of<everything>() + problem_of<threads>() + problem_of<waits>();
}
