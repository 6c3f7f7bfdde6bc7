// Relacy's report about std::shared_ptr: each thread has its own shared_ptr to one object;
// use_count() is asked twice. own=1: the count is written by hand with std::atomic. Right: violated
// in both forms.
#include <atomic>
#include <cassert>
#include <memory>
#include <thread>

namespace {
void test() {
  auto sp = std::make_shared<int>(1);
  auto sq = sp;
  std::thread one([&sp] { sp.reset(); });
  std::thread two([&sq] {
    if (sq.use_count() == 2) assert(sq.use_count() == 2);
  });
  one.join();
  two.join();
}
}  // namespace
int main() { test(); }
