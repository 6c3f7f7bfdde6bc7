// One thread holds a counted pointer, captured by value. Right: holds.
#include <atomic>
#include <cassert>
#include <thread>

namespace {
struct Object {
  std::atomic<int> count{0};
};
class Ref {
 public:
  explicit Ref(Object* o) : o_(o) { o_->count.fetch_add(1, std::memory_order_relaxed); }
  Ref(const Ref& r) : Ref(r.o_) {}
  ~Ref() {
    if (o_->count.fetch_sub(1, std::memory_order_acq_rel) == 1) delete o_;
  }

 private:
  Object* o_;
};
void test() {
  Ref ref(new Object);
  std::thread t([ref] {});
  t.join();
}
}  // namespace
int main() { test(); }
