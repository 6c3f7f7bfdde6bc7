// The commonest polling loop: a consumer asks a queue that a mutex protects until there is
// something. Right: holds (the mutex is fair enough in the end: every thread goes on).
#include <atomic>
#include <cassert>
#include <mutex>
#include <queue>
#include <thread>

namespace {
struct Queue {
  std::mutex m;
  std::queue<int> q;
  void push(int v) {
    std::lock_guard<std::mutex> l(m);
    q.push(v);
  }
  bool try_pop(int& v) {
    std::lock_guard<std::mutex> l(m);
    if (q.empty()) return false;
    v = q.front();
    q.pop();
    return true;
  }
};
void test() {
  Queue q;
  std::thread producer([&q] { q.push(1); });
  int v = 0;
  while (!q.try_pop(v)) std::this_thread::yield();
  producer.join();
  assert(v == 1);
}
}  // namespace
int main() { test(); }
