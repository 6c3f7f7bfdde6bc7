// progschj's ThreadPool as everybody writes it: packaged_task, future. Only whether it compiles.
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace {
void test() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  std::thread t([&p] { p.set_value(1); });
  assert(f.get() == 1);
  t.join();
}
}  // namespace
int main() { test(); }
