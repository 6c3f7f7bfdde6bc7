// cpp11-on-multicore / moodycamel: LightweightSemaphore::wait(timeout). The count is decremented
// ahead of the timed wait on the kernel's semaphore and not given back where the time is out.
// bug=1: not given back (a later signal is lost). bug=2: given back with a plain increment,
// although a signal may have come between (a permit is left in the kernel's semaphore). bug=0:
// moodycamel's loop. Right: bug=1, 2 violated, bug=0 holds.
#include <atomic>
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#ifndef PARAM_bug
#define PARAM_bug 1
#endif

namespace {

class KernelSemaphore {
 public:
  void post() {
    std::lock_guard<std::mutex> lock(m_);
    ++n_;
    cv_.notify_one();
  }
  bool wait_for(std::chrono::milliseconds t) {
    std::unique_lock<std::mutex> lock(m_);
    if (!cv_.wait_for(lock, t, [this] { return n_ > 0; })) return false;
    --n_;
    return true;
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m_);
    cv_.wait(lock, [this] { return n_ > 0; });
    --n_;
  }
  bool try_wait() {
    std::lock_guard<std::mutex> lock(m_);
    if (n_ == 0) return false;
    --n_;
    return true;
  }
  int left() {
    std::lock_guard<std::mutex> lock(m_);
    return n_;
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  int n_ = 0;
};

class LightweightSemaphore {
 public:
  bool wait_for(std::chrono::milliseconds t) {
    if (count_.fetch_sub(1, std::memory_order_acquire) > 0) return true;
    if (kernel_.wait_for(t)) return true;
    switch (PARAM_bug) {
      case 1:
        return false;
      case 2:
        count_.fetch_add(1, std::memory_order_release);
        return false;
      default:
        for (;;) {
          int old = count_.load(std::memory_order_acquire);
          if (old >= 0 && kernel_.try_wait()) return true;
          if (old < 0 && count_.compare_exchange_strong(old, old + 1, std::memory_order_relaxed))
            return false;
        }
    }
  }
  void wait() {
    if (count_.fetch_sub(1, std::memory_order_acquire) <= 0) kernel_.wait();
  }
  void signal() {
    if (count_.fetch_add(1, std::memory_order_release) < 0) kernel_.post();
  }
  int kernel_left() { return kernel_.left(); }
  int available() { return count_.load(); }

 private:
  std::atomic<int> count_{0};
  KernelSemaphore kernel_;
};

void test() {
  LightweightSemaphore s;
  bool got = false;
  std::thread waiter([&] { got = s.wait_for(std::chrono::milliseconds(10)); });
  std::thread signaller([&] { s.signal(); });
  waiter.join();
  signaller.join();
  assert(s.kernel_left() == 0);
  assert(s.available() == (got ? 0 : 1));
}

}  // namespace

int main() { test(); }
