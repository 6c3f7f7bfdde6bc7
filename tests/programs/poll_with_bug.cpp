// A polling consumer and a real bug (the flag is set behind the push). Right: violated.
#include <atomic>
#include <cassert>
#include <mutex>
#include <queue>
#include <thread>

namespace {
void test() {
  std::mutex m;
  std::queue<int> q;
  std::atomic<bool> announced{false};
  std::thread producer([&] {
    {
      std::lock_guard<std::mutex> l(m);
      q.push(1);
    }
    announced.store(true);
  });
  for (bool got = false; !got;) {
    std::lock_guard<std::mutex> l(m);
    got = !q.empty();
  }
  assert(announced.load());
  producer.join();
}
}  // namespace
int main() { test(); }
