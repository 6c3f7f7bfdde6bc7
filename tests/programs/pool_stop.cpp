// Thread pool whose destructor sets an atomic stop flag without the mutex and then notifies.
// fixed=1: the flag is set under the mutex. Right: fixed=0 deadlock (lost wake-up), fixed=1 holds.
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif
#ifndef PARAM_jobs
#define PARAM_jobs 0
#endif
#ifndef PARAM_workers
#define PARAM_workers 1
#endif

namespace {

class ThreadPool {
 public:
  explicit ThreadPool(unsigned n) {
    for (unsigned i = 0; i < n; ++i) workers_.emplace_back([this] { loop(); });
  }
  ~ThreadPool() {
    if (PARAM_fixed) {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    } else {
      stop_ = true;
    }
    cv_.notify_all();
    for (auto& w : workers_) w.join();
  }
  void post(std::function<void()> job) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    cv_.notify_one();
  }

 private:
  void loop() {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        cv_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::deque<std::function<void()>> jobs_;
  std::atomic<bool> stop_{false};
  std::vector<std::thread> workers_;
};

void test() {
  const int jobs = static_cast<int>(PARAM_jobs);
  std::atomic<int> done{0};
  {
    ThreadPool pool(static_cast<unsigned>(PARAM_workers));
    for (int i = 0; i < jobs; ++i) pool.post([&done] { ++done; });
  }
  assert(done == jobs);
}

}  // namespace

int main() { test(); }
