// A worker with a stop flag that does something in each round, as every background thread. Right:
// holds.
#include <atomic>
#include <cassert>
#include <thread>

namespace {
void test() {
  std::atomic<bool> stop{false};
  std::atomic<int> rounds{0};
  std::thread t([&] {
    while (!stop.load(std::memory_order_relaxed)) rounds.fetch_add(1, std::memory_order_relaxed);
  });
  stop.store(true, std::memory_order_relaxed);
  t.join();
}
}  // namespace
int main() { test(); }
