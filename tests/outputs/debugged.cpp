// A deadlock for the tests of the debugger: compiled without optimisation, so that gdb sees all.
#include <heddle/scenario.hpp>

namespace {

struct accounts {
  rl::mutex first;
  rl::mutex second;
  rl::var<int> balance{100};
};

void pay(accounts& all, rl::mutex& from, rl::mutex& to, int amount) {
  int locks = 0;
  ++locks;
  from.lock($);
  ++locks;
  to.lock($);
  const int before = VAR(all.balance);
  VAR(all.balance) = before - amount;
  to.unlock($);
  from.unlock($);
}

struct suite : rl::test_suite<suite, 2> {
  accounts all;

  void before() {
    heddle::api::name(all.first, "first");
    heddle::api::name(all.second, "second");
    heddle::api::name(all.balance, "balance");
  }

  void thread(unsigned i) {
    const int amount = static_cast<int>(i) + 10;
    if (heddle::api::parameter("crash") != 0 && i == 1) {
      volatile int* nowhere = nullptr;
      *nowhere = amount;
    }
    if (i == 0) {
      pay(all, all.first, all.second, amount);
    } else {
      pay(all, all.second, all.first, amount);
    }
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "debugged", .summary = "two payments that lock each other out",
                .parameters = {{"crash", 0, 0, 1, "a thread writes to a null pointer"}},
                .body = rl::run<suite>);
