// The engineer's first try: real <atomic>, <thread>, <mutex>, no other headers. Right: a clear
// refusal.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>

namespace {
void test() {
  std::atomic<int> ready{0};
  int data = 0;
  std::thread t([&] {
    data = 1;
    ready.store(1, std::memory_order_release);
  });
  if (ready.load(std::memory_order_acquire)) assert(data == 1);
  t.join();
}
}  // namespace
int main() { test(); }
