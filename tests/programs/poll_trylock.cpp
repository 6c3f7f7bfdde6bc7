// A spin lock with try_lock, and a bounded retry as in many queues. Right: holds.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>

namespace {
void test() {
  std::mutex m;
  int n = 0;
  auto body = [&] {
    while (!m.try_lock()) std::this_thread::yield();
    ++n;
    m.unlock();
  };
  std::thread a(body), b(body);
  a.join();
  b.join();
  assert(n == 2);
}
}  // namespace
int main() { test(); }
