// What spinlocks order, after the litmus tests of tools/memory-model of 6.1.
#include "model/locks.hpp"

#include <gtest/gtest.h>

#include "model/bitops.hpp"
#include "model/seqlock.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

void lock(spinlock_t& l) { spin_lock(l); }
void unlock(spinlock_t& l) { spin_unlock(l); }
void lock(mutex& l) { mutex_lock(l); }
void unlock(mutex& l) { mutex_unlock(l); }

/// MP+unlocklockonceonce+fencermbonceonce: two critical sections of one thread, seen by another
/// that takes no lock.
template <typename Lock>
struct two_sections : rl::test_suite<two_sections<Lock>, 2> {
  Lock first;
  Lock second;
  atomic_t x{0};
  atomic_t y{0};

  void thread(unsigned i) {
    if (i == 0) {
      lock(first);
      WRITE_ONCE(x, 1);
      unlock(first);
      lock(second);
      WRITE_ONCE(y, 1);
      unlock(second);
    } else {
      const int y_seen = READ_ONCE(y);
      smp_rmb();
      heddle::api::check(y_seen == 0 || READ_ONCE(x) == 1, "out of order", $);
    }
  }
};

TEST(Spinlock, UnlockAndLockOrderStoresForOthers) {
  EXPECT_EQ(violated_under<two_sections<spinlock_t>>(), Models{});
}

TEST(Mutex, UnlockAndLockOrderNothingForOthers) {
  EXPECT_EQ(violated_under<two_sections<mutex>>("out of order"), relaxed_models);
}

/// The same with the locks on the side that reads.
struct two_reading_sections : rl::test_suite<two_reading_sections, 2> {
  spinlock_t first;
  spinlock_t second;
  atomic_t x{0};
  atomic_t y{0};

  void thread(unsigned i) {
    if (i == 0) {
      WRITE_ONCE(x, 1);
      smp_wmb();
      WRITE_ONCE(y, 1);
      return;
    }
    lock(first);
    const int y_seen = READ_ONCE(y);
    unlock(first);
    lock(second);
    heddle::api::check(y_seen == 0 || READ_ONCE(x) == 1, "out of order", $);
    unlock(second);
  }
};

TEST(Spinlock, UnlockAndLockOrderLoads) {
  EXPECT_EQ(violated_under<two_reading_sections>(), Models{});
}

/// ISA2+pooncelock+pooncelock+pombonce: the third thread takes no lock.
struct isa2 : rl::test_suite<isa2, 3> {
  spinlock_t m;
  atomic_t x{0};
  atomic_t y{0};
  atomic_t z{0};
  rl::var<int> seen[3];

  void thread(unsigned i) {
    if (i == 0) {
      lock(m);
      WRITE_ONCE(x, 1);
      WRITE_ONCE(y, 1);
      unlock(m);
    } else if (i == 1) {
      lock(m);
      VAR(seen[0]) = READ_ONCE(y);
      WRITE_ONCE(z, 1);
      unlock(m);
    } else {
      VAR(seen[1]) = READ_ONCE(z);
      smp_mb();
      VAR(seen[2]) = READ_ONCE(x);
    }
  }
  void after() {
    heddle::api::check(VAR(seen[0]) == 0 || VAR(seen[1]) == 0 || VAR(seen[2]) == 1, "ISA2", $);
  }
};

TEST(Spinlock, OrdersForAThirdThread) { EXPECT_EQ(violated_under<isa2>(), Models{}); }

/// Z6.0+pooncelock+poonceLock+pombonce, with smp_mb__after_spinlock(), and without: then even
/// LKMM allows it, and a lock must not order it.
template <bool barrier>
struct z6 : rl::test_suite<z6<barrier>, 3> {
  spinlock_t m;
  atomic_t x{0};
  atomic_t y{0};
  atomic_t z{0};
  rl::var<int> seen[2];

  void thread(unsigned i) {
    if (i == 0) {
      lock(m);
      WRITE_ONCE(x, 1);
      WRITE_ONCE(y, 1);
      unlock(m);
    } else if (i == 1) {
      lock(m);
      if (barrier) smp_mb();
      VAR(seen[0]) = READ_ONCE(y);
      WRITE_ONCE(z, 1);
      unlock(m);
    } else {
      WRITE_ONCE(z, 2);
      smp_mb();
      VAR(seen[1]) = READ_ONCE(x);
    }
  }
  void after() {
    heddle::api::check(VAR(seen[0]) == 0 || READ_ONCE(z) != 2 || VAR(seen[1]) == 1, "Z6.0", $);
  }
};

TEST(Spinlock, IsNoFullBarrier) {
  EXPECT_EQ(violated_under<z6<false>>("Z6.0"), (Models{"ra", "rc11", "cpp20"}));
  EXPECT_EQ(violated_under<z6<true>>(), Models{});
}

/// A reader that sees the values of one writer, or none; marked accesses inside.
struct seq_readers : rl::test_suite<seq_readers, 2> {
  seqlock_t s{"seqlock"};
  atomic_t a{0};
  atomic_t b{0};

  void thread(unsigned i) {
    if (i == 0) {
      write_seqlock(s);
      WRITE_ONCE(a, 1);
      WRITE_ONCE(b, 1);
      write_sequnlock(s);
      return;
    }
    int a_seen = 0;
    int b_seen = 0;
    unsigned begin = 0;
    do {
      begin = read_seqbegin(s);
      a_seen = READ_ONCE(a);
      b_seen = READ_ONCE(b);
    } while (read_seqretry(s, begin));
    heddle::api::check(a_seen == b_seen, "a torn pair", $);
  }
};

TEST(Seqlock, ReadersSeeAllOrNothing) { EXPECT_EQ(violated_under<seq_readers>(), Models{}); }

}  // namespace
}  // namespace kernel
