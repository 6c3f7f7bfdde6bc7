// musl's condition variable (and atomic_condition_variable): the word that a waiter sleeps on goes
// 1 -> 0 -> 1, the last by another waiter, so a broadcast is missed. fixed=1: a number that only
// grows. Right: fixed=0 deadlock, fixed=1 holds.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {
class Cond {
 public:
  void wait(std::unique_lock<std::mutex>& lock) {
    int mine = 1;
    if (PARAM_fixed)
      mine = word_.load(std::memory_order_relaxed);
    else
      word_.store(1, std::memory_order_relaxed);
    waiters_.fetch_add(1);
    lock.unlock();
    word_.wait(mine);
    waiters_.fetch_sub(1);
    lock.lock();
  }
  void broadcast() {
    if (waiters_.load() == 0) return;
    if (PARAM_fixed)
      word_.fetch_add(1);
    else
      word_.store(0);
    word_.notify_all();
  }

 private:
  std::atomic<int> word_{0};
  std::atomic<int> waiters_{0};
};
struct Progress {
  std::mutex m;
  Cond c;
  int n = 0;
  void await(int least) {
    std::unique_lock<std::mutex> l(m);
    while (n < least) c.wait(l);
  }
  void advance() {
    std::unique_lock<std::mutex> l(m);
    ++n;
    c.broadcast();
  }
};
void test() {
  Progress p;
  std::thread a([&p] { p.await(1); });
  std::thread b([&p] { p.await(2); });
  p.advance();
  a.join();
  p.advance();
  b.join();
}
}  // namespace
int main() { test(); }
