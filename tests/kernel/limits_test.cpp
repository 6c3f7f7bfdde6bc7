// Where the model says something else than Linux 6.1; docs/KERNEL-MODEL.md lists them.
#include <gtest/gtest.h>

#include "model/bitops.hpp"
#include "model/file_table.hpp"
#include "model/seqlock.hpp"
#include "model/task_work.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

/// LKMM has a data race here: smp_wmb() orders stores alone.
struct load_before_wmb : rl::test_suite<load_before_wmb, 2> {
  heddle::api::var<int> data{0};
  atomic_t flag{0};

  void thread(unsigned i) {
    if (i == 0) {
      data.get();
      smp_wmb();
      WRITE_ONCE(flag, 1);
    } else if (smp_load_acquire(flag) == 1) {
      data.set(1);
    }
  }
};

TEST(KernelLimits, WriteBarriersOrderLoadsToo) {
  EXPECT_EQ(violated_under<load_before_wmb>(), Models{});
}

/// Likewise: smp_rmb() orders loads alone, so the store may come first.
struct store_behind_rmb : rl::test_suite<store_behind_rmb, 2> {
  heddle::api::var<int> data{0};
  atomic_t flag{0};

  void thread(unsigned i) {
    if (i == 0) {
      data.get();
      smp_store_release(flag, 1);
    } else if (READ_ONCE(flag) == 1) {
      smp_rmb();
      data.set(1);
    }
  }
};

TEST(KernelLimits, ReadBarriersOrderStoresToo) {
  EXPECT_EQ(violated_under<store_behind_rmb>(), Models{});
}

/// LKMM allows both to read 0: a failed cmpxchg orders nothing.
struct failed_cmpxchg : rl::test_suite<failed_cmpxchg, 2> {
  atomic_t x{0};
  atomic_t y{0};
  atomic_t other{1};
  rl::var<int> seen[2];

  void thread(unsigned i) {
    if (i == 0) {
      WRITE_ONCE(x, 1);
      int expected = 0;
      try_cmpxchg(other, expected, 2);
      VAR(seen[0]) = READ_ONCE(y);
    } else {
      WRITE_ONCE(y, 1);
      smp_mb();
      VAR(seen[1]) = READ_ONCE(x);
    }
  }
  void after() { heddle::api::check(VAR(seen[0]) + VAR(seen[1]) != 0, "both are stale", $); }
};

TEST(KernelLimits, FailedCmpxchgIsABarrier) {
  EXPECT_EQ(violated_under<failed_cmpxchg>(), Models{});
}

/// MP+onceassign+derefonce: ordered in the kernel by the address dependency.
template <bool acquire>
struct dereference : rl::test_suite<dereference<acquire>, 2> {
  heddle::api::var<int> data{0};
  heddle::api::atomic<heddle::api::var<int>*> pointer{nullptr};

  void thread(unsigned i) {
    if (i == 0) {
      data.set(1);
      smp_store_release(pointer, &data);
      return;
    }
    heddle::api::var<int>* seen = acquire ? smp_load_acquire(pointer) : READ_ONCE(pointer);
    if (seen != nullptr) heddle::api::check(seen->get() == 1, "stale", $);
  }
};

TEST(KernelLimits, DependenciesOrderNothing) {
  EXPECT_EQ(violated_under<dereference<false>>("without happens-before order"), relaxed_models);
  EXPECT_EQ(violated_under<dereference<true>>(), Models{});
}

/// A seqcount's usual reader, which throws away what it read when a writer has come in between.
struct seqcount_reader : rl::test_suite<seqcount_reader, 2> {
  seqlock_t s{"seqlock"};
  heddle::api::var<int> data{0};

  void thread(unsigned i) {
    if (i == 0) {
      write_seqlock(s);
      data.set(1);
      write_sequnlock(s);
      return;
    }
    unsigned begin = 0;
    do {
      begin = read_seqbegin(s);
      data.get();
    } while (read_seqretry(s, begin));
  }
};

TEST(KernelLimits, SeqcountReadersRace) {
  EXPECT_EQ(violated_under<seqcount_reader>("without happens-before order"), all_models());
}

/// __fget_files_rcu() against close(): legal in 6.1, since file_free() waits for a grace period.
struct lookup : rl::test_suite<lookup, 2> {
  file_table files;
  inode on;
  file* const f = files.open(on, "file");
  task_struct closer{0, "closer"};
  task_struct getter{0, "getter"};
  heddle::api::atomic<file*> fd{f};

  void thread(unsigned i) {
    if (i == 0) {
      WRITE_ONCE(fd, nullptr);
      files.filp_close(closer, f);
      task_work_run(closer);
      return;
    }
    file* found = smp_load_acquire(fd);
    if (found != nullptr && atomic_inc_not_zero(found->f_count)) files.fput(getter, found);
    task_work_run(getter);
  }
};

TEST(KernelLimits, LookupUnderRcuIsAFalseAlarm) {
  EXPECT_EQ(violated_under<lookup>("file.f_count"), all_models());
}

}  // namespace
}  // namespace kernel
