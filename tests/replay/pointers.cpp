// Values that point to what the system places anew in each run: what is printed of them must not
// differ. pointers_test.py runs this.
#include <heddle/scenario.hpp>

namespace {

void called() {}
int pointed_at = 3;

/// Functions, texts, globals and the heap of the system, in atomics.
struct passed : rl::test_suite<passed, 2> {
  rl::atomic<void (*)()> function{nullptr};
  rl::atomic<const char*> text{nullptr};
  rl::atomic<int*> global{nullptr};
  rl::var<int> data{0};
  void thread(unsigned i) {
    if (i == 0) {
      VAR(data) = 1;
      function($).store(&called, rl::mo_relaxed);
      text($).store("text", rl::mo_relaxed);
      global($).store(&pointed_at, rl::mo_relaxed);
    } else if (global($).load(rl::mo_relaxed) != nullptr) {
      text($).load(rl::mo_relaxed);
      function($).load(rl::mo_relaxed);
      RL_ASSERT(VAR(data) == 1);
    }
  }
};

struct counted {
  virtual ~counted() = default;
  virtual int step() const { return 1; }
  int number = 0;
};

/// Tables of virtual functions, in plain memory that threads share.
struct virtual_object : rl::test_suite<virtual_object, 2> {
  counted* object = new counted;
  rl::mutex lock;
  ~virtual_object() { delete object; }
  void thread(unsigned i) {
    if (i == 0) lock.lock($);
    object->number += object->step();
    if (i == 0) lock.unlock($);
  }
};

HEDDLE_SCENARIO(.name = "passed_pointers", .summary = "pointers in atomics",
                .body = rl::run<passed>);
HEDDLE_SCENARIO(.name = "virtual_object", .summary = "an object with a table of functions",
                .body = rl::run<virtual_object>);

}  // namespace
