// A consumer polls a lock-free try_pop that changes nothing when it fails, but counts its misses in
// a local. Right: holds.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_backoff
#define PARAM_backoff 1
#endif

namespace {
void test() {
  std::atomic<int> slot{0};
  std::thread p([&slot] { slot.store(7, std::memory_order_release); });
  int misses = 0, v;
  while ((v = slot.load(std::memory_order_acquire)) == 0) {
    if (++misses > 1000 && PARAM_backoff) std::this_thread::sleep_for(std::chrono::microseconds(1));
  }
  assert(v == 7);
  p.join();
}
}  // namespace
int main() { test(); }
