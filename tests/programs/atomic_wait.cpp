// Relacy's report about atomic waiting: one thread leaves a critical section and wakes who waits,
// with relaxed operations around seq_cst fences. Systems that queue first and then compare: no
// deadlock. fence=0: without the fences. Right: deadlock.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_fence
#define PARAM_fence 1
#endif

namespace {
struct Gate {
  std::atomic<bool> busy{true};
  std::atomic<bool> waiting{false};
  void fence() {
    if (PARAM_fence) std::atomic_thread_fence(std::memory_order_seq_cst);
  }
  void leave() {
    busy.store(false, std::memory_order_relaxed);
    fence();
    if (waiting.load(std::memory_order_relaxed)) {
      waiting.store(false, std::memory_order_relaxed);
      waiting.notify_one();
    }
  }
  void wait_until_free() {
    if (!busy.load(std::memory_order_relaxed)) return;
    waiting.store(true, std::memory_order_relaxed);
    fence();
    if (!busy.load(std::memory_order_relaxed)) {
      waiting.store(false, std::memory_order_relaxed);
      return;
    }
    waiting.wait(true, std::memory_order_relaxed);
  }
};
void test() {
  auto gate = std::make_unique<Gate>();
  std::thread one([g = gate.get()] { g->leave(); });
  std::thread two([g = gate.get()] { g->wait_until_free(); });
  one.join();
  two.join();
}
}  // namespace
int main() { test(); }
