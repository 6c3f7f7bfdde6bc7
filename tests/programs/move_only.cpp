// A thread whose argument can only be moved. Right: compiles and holds.
#include <atomic>
#include <cassert>
#include <memory>
#include <thread>

namespace {
void test() {
  auto p = std::make_unique<int>(1);
  std::thread t([p = std::move(p)] { assert(*p == 1); });
  t.join();
}
}  // namespace
int main() { test(); }
