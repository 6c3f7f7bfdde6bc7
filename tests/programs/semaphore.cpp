// libc++ / libstdc++ counting_semaphore: release() notifies only if the count was 0, and only one
// thread. Two acquirers wait, two releases by one: the second does not notify. fixed=1: notify
// always. Right: fixed=0 deadlock, fixed=1 holds; std=1 (std::counting_semaphore) holds.
#include <atomic>
#include <cassert>
#include <semaphore>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif
#ifndef PARAM_std
#define PARAM_std 0
#endif

namespace {

class Semaphore {
 public:
  void release() {
    const bool was_positive = count_.fetch_add(1, std::memory_order_release) > 0;
    if (was_positive && !PARAM_fixed) return;
    count_.notify_one();
  }
  void acquire() {
    for (;;) {
      int old = count_.load(std::memory_order_relaxed);
      while (old > 0) {
        if (count_.compare_exchange_strong(old, old - 1, std::memory_order_acquire,
                                           std::memory_order_relaxed))
          return;
      }
      count_.wait(0, std::memory_order_relaxed);
    }
  }

 private:
  std::atomic<int> count_{0};
};

template <typename S>
void run(S& s) {
  std::thread one([&s] { s.acquire(); });
  std::thread two([&s] { s.acquire(); });
  s.release();
  s.release();
  one.join();
  two.join();
}

void test() {
  if (PARAM_std) {
    std::counting_semaphore<> s(0);
    run(s);
  } else {
    Semaphore s;
    run(s);
  }
}

}  // namespace

int main() { test(); }
