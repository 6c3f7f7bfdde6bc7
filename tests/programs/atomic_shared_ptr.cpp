// std::atomic<std::shared_ptr>, atomic_ref, stop_callback: whether they are there. -DWHICH=0..2
#include <atomic>
#include <cassert>
#include <memory>
#include <stop_token>
#include <thread>

namespace {
void test() {
#if WHICH == 0
  std::atomic<std::shared_ptr<int>> p{std::make_shared<int>(1)};
  assert(*p.load() == 1);
#elif WHICH == 1
  int x = 0;
  std::atomic_ref<int>(x).store(1);
#else
  std::stop_source s;
  std::stop_callback c(s.get_token(), [] {});
#endif
}
}  // namespace
int main() { test(); }
