// Abseil (and libstdc++): call_once hangs if the first call throws. own=1: a state machine like
// Abseil's with a spin wait; own=0: std::call_once. fixed=1: the state goes back where it throws.
// Right: own=1 fixed=0 endless wait; own=1 fixed=1 and own=0 hold.
#include <atomic>
#include <cassert>
#include <mutex>
#include <stdexcept>
#include <thread>
#ifndef PARAM_own
#define PARAM_own 1
#endif
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

struct Once {
  std::atomic<uint32_t> control{0};  // 0 idle, 1 running, 2 done
};

template <typename F>
void own_call_once(Once& once, F f) {
  if (once.control.load(std::memory_order_acquire) == 2) return;
  for (;;) {
    uint32_t expected = 0;
    if (once.control.compare_exchange_strong(expected, 1, std::memory_order_acquire,
                                             std::memory_order_acquire)) {
      if (PARAM_fixed) {
        try {
          f();
        } catch (...) {
          once.control.store(0, std::memory_order_release);
          throw;
        }
      } else {
        f();
      }
      once.control.store(2, std::memory_order_release);
      return;
    }
    if (expected == 2) return;
    std::this_thread::yield();
  }
}

struct State {
  Once own;
  std::once_flag flag;
  std::atomic<int> calls{0};
  int value = 0;
};

void init(State& s) {
  if (s.calls.fetch_add(1, std::memory_order_relaxed) == 0)
    throw std::runtime_error("first call fails");
  s.value = 42;
}

void test() {
  auto s = std::make_unique<State>();
  auto body = [p = s.get()] {
    try {
      if (PARAM_own)
        own_call_once(p->own, [p] { init(*p); });
      else
        std::call_once(p->flag, [p] { init(*p); });
      assert(p->value == 42);
    } catch (const std::runtime_error& e) {
      assert(std::string(e.what()) == "first call fails");
    }
  };
  std::thread one(body), two(body);
  one.join();
  two.join();
}

}  // namespace

int main() { test(); }
