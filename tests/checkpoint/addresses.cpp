// What this scenario does depends on where the system places the program: a search that goes on in
// another process must find it at the same place. Some of its executions are violating.
// checkpoint_test.py runs this.
#include <cstdint>
#include <heddle/scenario.hpp>

namespace {

int somewhere = 0;

unsigned page() {
  return static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(&somewhere) >> 12);
}

struct addresses : rl::test_suite<addresses, 3> {
  rl::atomic<unsigned> x{0};
  void thread(unsigned i) {
    x($).store(rl::rand(2 + (page() + i) % 3), rl::mo_relaxed);
    x($).fetch_add(rl::rand(2 + page() % 5), rl::mo_relaxed);
    RL_ASSERT(x($).load(rl::mo_relaxed) != 4);
  }
};

HEDDLE_SCENARIO(.name = "addresses", .summary = "choices by address", .body = rl::run<addresses>);

}  // namespace
