// Globals as real code has them: a mutex, a counter, a Meyers singleton. which: 0 global atomic, 1
// global mutex and int, 2 function-local static object. Right: holds.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>
#ifndef PARAM_which
#define PARAM_which 0
#endif

namespace {
std::atomic<int> g_count{0};
std::mutex g_mutex;
int g_plain = 0;

struct Registry {
  std::mutex m;
  int n = 0;
  void add() {
    std::lock_guard<std::mutex> l(m);
    ++n;
  }
};
Registry& registry() {
  static Registry r;
  return r;
}
void work() {
  switch (PARAM_which) {
    case 0:
      g_count.fetch_add(1);
      break;
    case 1: {
      std::lock_guard<std::mutex> l(g_mutex);
      ++g_plain;
      break;
    }
    default:
      registry().add();
  }
}
void test() {
  std::thread a(work), b(work);
  a.join();
  b.join();
}
}  // namespace
int main() { test(); }
