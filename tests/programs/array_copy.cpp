// A buffer of n ints in a std::vector that one thread fills and another one sums up behind a flag.
// Right: holds.
#include <atomic>
#include <cassert>
#include <numeric>
#include <thread>
#include <vector>
#ifndef PARAM_n
#define PARAM_n 16
#endif

namespace {
void test() {
  const auto n = static_cast<size_t>(PARAM_n);
  std::vector<int> buffer(n);
  std::atomic<bool> ready{false};
  std::thread t([&] {
    for (size_t i = 0; i < n; ++i) buffer[i] = 1;
    ready.store(true, std::memory_order_release);
  });
  if (ready.load(std::memory_order_acquire))
    assert(std::accumulate(buffer.begin(), buffer.end(), 0) == static_cast<int>(n));
  t.join();
}
}  // namespace
int main() { test(); }
