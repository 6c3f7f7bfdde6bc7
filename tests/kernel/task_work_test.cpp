// Task work that is cancelled from another thread (kernel/task_work.c, 6.1), and users of it.
#include "model/task_work.hpp"

#include <gtest/gtest.h>

#include "model/bitops.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

/// The walk of task_work_cancel() sees what was written to an entry before it was added.
struct add_and_cancel : rl::test_suite<add_and_cancel, 2> {
  task_struct task{0, "task"};
  callback_head work;

  void before() { init_task_work(&work, nullptr, "work"); }
  void thread(unsigned i) {
    if (i == 0) {
      task_work_add(task, &work);
    } else {
      task_work_cancel(task, &work);
    }
  }
};

TEST(TaskWorkCancel, SeesTheLinksOfWhatItFinds) {
  EXPECT_EQ(violated_under<add_and_cancel>(), Models{});
}

struct counted : callback_head {
  rl::atomic<unsigned> runs{0};
};

/// Taking back the newer of two entries leaves the older one.
struct cancel_the_newer : rl::test_suite<cancel_the_newer, 2> {
  task_struct task{0, "task"};
  counted older;
  counted newer;

  static void run(callback_head* work) {
    static_cast<counted*>(work)->runs.fetch_add(1, rl::mo_relaxed);
  }
  void before() {
    init_task_work(&older, run, "older");
    init_task_work(&newer, run, "newer");
    WRITE_ONCE(older.next, nullptr);
    WRITE_ONCE(newer.next, nullptr);
  }
  void thread(unsigned i) {
    if (i == 0) {
      task_work_add(task, &older);
      task_work_add(task, &newer);
    } else {
      task_work_cancel(task, &newer);
    }
  }
  void after() {
    task_work_run(task);
    heddle::api::check(older.runs.load(rl::mo_relaxed) == 1, "another entry is lost", $);
  }
};

TEST(TaskWorkCancel, LosesNoOtherEntry) { EXPECT_EQ(violated_under<cancel_the_newer>(), Models{}); }

/// io-wq: a worker's creation is queued as task work when the exiting task has cancelled already.
/// `again`: as mended by 71a85387546e ("io-wq: check for wq exit after adding new worker
/// task_work"). `barrier`: the full barrier that the flag needs for that on weakly ordered
/// machines.
template <bool again, bool barrier>
struct io_wq_exit : rl::test_suite<io_wq_exit<again, barrier>, 2> {
  static constexpr unsigned exiting = 0;
  task_struct owner{0, "owner"};
  heddle::api::atomic<unsigned> state{0};
  atomic_t worker_refs{1};
  callback_head create;

  void before() {
    init_task_work(&create, nullptr, "create");
    heddle::api::name(worker_refs, "worker_refs");
  }
  void put() { atomic_dec_and_test(worker_refs); }
  void cancel() {
    if (task_work_cancel(owner, &create)) put();
  }
  void thread(unsigned i) {
    if (i == 0) {
      set_bit(exiting, state);
      if (barrier) smp_mb__after_atomic();
      cancel();
      smp_cond_load_acquire(worker_refs, [](int refs) { return refs == 0; });
    } else if (test_bit(exiting, state) || task_work_add(owner, &create) != 0) {
      put();
    } else if (again && test_bit(exiting, state)) {
      cancel();
    }
  }
};

TEST(History, IoWqCreatesAWorkerBehindItsExit) {
  EXPECT_EQ((violated_under<io_wq_exit<false, false>>("worker_refs")), all_models());
  EXPECT_EQ((violated_under<io_wq_exit<true, false>>("worker_refs")),
            (Models{"ra", "rc11", "cpp20"}));
  EXPECT_EQ((violated_under<io_wq_exit<true, true>>()), Models{});
}

struct epoll_suite_base;
struct polled : callback_head {
  atomic_long_t f_count{1};
  rl::var<epoll_suite_base*> suite;
};

struct epoll_suite_base {
  mutex ep_mutex;
  rl::var<polled*> registered;
  rl::atomic<int> released{0};

  static void release(callback_head* work) {
    auto* f = static_cast<polled*>(work);
    epoll_suite_base& suite = *VAR(f->suite);
    mutex_lock(suite.ep_mutex);
    VAR(suite.registered) = nullptr;  // eventpoll_release()
    mutex_unlock(suite.ep_mutex);
    suite.released.fetch_add(1, rl::mo_relaxed);
    delete f;
  }
};

/// epoll takes a reference to a file whose last one has been dropped. `mended`: by 4efaa5acf0a1
/// ("epoll: be better about file lifetimes").
template <bool mended>
struct epoll : rl::test_suite<epoll<mended>, 2>, epoll_suite_base {
  task_struct closer{0, "closer"};
  task_struct poller{0, "poller"};
  polled* const file = new polled;

  void before() {
    heddle::api::name(file->f_count, "f_count");
    VAR(file->suite) = this;
    VAR(registered) = file;
  }
  static void fput(task_struct& current, polled* f) {
    if (!atomic_dec_and_test(f->f_count)) return;
    init_task_work(f, release);
    task_work_add(current, f);
  }
  void poll() {
    mutex_lock(ep_mutex);
    polled* f = VAR(registered);
    if (f != nullptr) {
      bool taken = true;
      if (mended) {
        taken = atomic_inc_not_zero(f->f_count);
      } else {
        atomic_inc(f->f_count);
      }
      if (taken) fput(poller, f);
    }
    mutex_unlock(ep_mutex);
  }
  void thread(unsigned i) {
    if (i == 0) {
      fput(closer, file);
      task_work_run(closer);
    } else {
      poll();
      task_work_run(poller);
    }
  }
  void after() { heddle::api::check(released.load(rl::mo_relaxed) == 1, "not released", $); }
};

TEST(History, EpollRevivesAFile) {
  EXPECT_EQ(violated_under<epoll<false>>("without happens-before order"), all_models());
  EXPECT_EQ(violated_under<epoll<true>>(), Models{});
}

}  // namespace
}  // namespace kernel
