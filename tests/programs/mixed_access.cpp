// One object, accessed plainly and atomically. which: 0 plain initialisation, then atomic use:
// holds. 1 a plain read beside an atomic store: race. 2 a plain write beside an atomic load: race.
// 3 a plain read beside a compare_exchange that fails: holds. 4 ... that succeeds: race. 5 plain
// reads beside atomic loads: holds. 6 atomic_ref on an int, plain use behind the join: holds.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_which
#define PARAM_which 0
#endif

namespace {
int value = 0;
int seen = 0;

void first() {
  int expected = 7;
  switch (PARAM_which) {
    case 0:
      __atomic_fetch_add(&value, 1, __ATOMIC_RELAXED);
      break;
    case 1:
      __atomic_store_n(&value, 1, __ATOMIC_RELEASE);
      break;
    case 2:
      value = 1;
      break;
    case 3:
      break;
    case 4:
      expected = 0;
      break;
    case 5:
      seen = __atomic_load_n(&value, __ATOMIC_RELAXED);
      break;
    default:
      std::atomic_ref<int>(value).fetch_add(1);
      break;
  }
  if (PARAM_which == 3 || PARAM_which == 4) {
    __atomic_compare_exchange_n(&value, &expected, 2, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
  }
}

int result = 0;
void second() {
  switch (PARAM_which) {
    case 0:
      __atomic_fetch_add(&value, 1, __ATOMIC_RELAXED);
      break;
    case 2:
      result = __atomic_load_n(&value, __ATOMIC_ACQUIRE);
      break;
    case 6:
      std::atomic_ref<int>(value).fetch_add(1);
      break;
    default:
      result = value;
      break;
  }
}
}  // namespace

int main() {
  if (PARAM_which == 0) value = 40;
  std::thread a(first), b(second);
  a.join();
  b.join();
  if (PARAM_which == 0) assert(value == 42);
  if (PARAM_which == 6) assert(value == 2);
}
