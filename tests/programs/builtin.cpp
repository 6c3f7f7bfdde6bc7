// C code with the compiler's atomics (glibc, ck, jemalloc, CPython): message passing. model by
// release and acquire. Right: holds (a tool that can't see it should say so).
#include <atomic>
#include <cassert>
#include <thread>

namespace {
struct Shared {
  int data = 0;
  int ready = 0;
};
void test() {
  auto s = std::make_unique<Shared>();
  std::thread t([p = s.get()] {
    p->data = 1;
    __atomic_store_n(&p->ready, 1, __ATOMIC_RELEASE);
  });
  if (__atomic_load_n(&s->ready, __ATOMIC_ACQUIRE)) assert(s->data == 1);
  t.join();
}
}  // namespace
int main() { test(); }
