// Ends of files: what ->release() does to others, and the memory that three members share.
#include <gtest/gtest.h>

#include "model/nfsd.hpp"
#include "model/task_work.hpp"
#include "tests/kernel/verdicts.hpp"

namespace kernel {
namespace {

using Models = std::set<std::string>;

/// An inode of a stacked file system, whose files hold one of the file system below.
struct stacked_inode : inode {
  stacked_inode() : inode({.release = release_below}) {}

  static void release_below(file_table& files, task_struct& current, inode& on, file*) {
    files.fput(current, static_cast<stacked_inode&>(on).below);
  }

  file* below = nullptr;
};

/// A file on another one, closed by an nfsd thread or by a user task that exits.
struct stacked_file : rl::test_suite<stacked_file, 1> {
  file_table files;
  task_struct task;
  stacked_inode upper;
  inode lower;
  file* const f = files.open(upper, "upper file");

  explicit stacked_file(unsigned flags) : task(flags, "task") {
    upper.below = files.open(lower, "lower file");
  }
  void before() { files.system_wq.start(); }
  void after() {
    files.system_wq.destroy();
    heddle::api::check(upper.closed() && lower.closed(), "a file was never released", $);
  }
};

struct closed_by_nfsd : stacked_file {
  closed_by_nfsd() : stacked_file(PF_KTHREAD) {}

  void thread(unsigned) {
    nfsd_filp_close(files, task, f);
    heddle::api::check(upper.closed(), "the upper file is open", $);
    heddle::api::check(lower.closed(), "the lower file is open", $);
  }
};

struct closed_by_user : stacked_file {
  closed_by_user() : stacked_file(0) {}

  void thread(unsigned) {
    files.filp_close(task, f);
    task_work_run(task);
    heddle::api::check(upper.closed() && lower.closed(), "a file is open", $);
  }
};

/// overlayfs: ovl_release() drops the real file, by a kernel thread's fput() only a delayed one.
TEST(File, ReleaseMayDropAnotherFile) {
  EXPECT_EQ(violated_under<closed_by_nfsd>("the lower file is open"), all_models());
  EXPECT_EQ(violated_under<closed_by_user>(), Models{});
}

/// One thread drops the file, another one looks at its flags as init_sync_kiocb() of 6.1 does, with
/// a reference of its own or without.
template <bool referenced>
struct flags_after_fput : rl::test_suite<flags_after_fput<referenced>, 2> {
  file_table files;
  task_struct closer{PF_KTHREAD, "closer"};
  task_struct reader{PF_KTHREAD, "reader"};
  inode on;
  file* const f = files.open(on, "file");

  void before() {
    if (referenced) get_file(f);
  }
  void thread(unsigned i) {
    if (i == 0) {
      files.fput(closer, f);
      return;
    }
    f->f_iocb_flags.value.get();
    if (referenced) files.fput(reader, f);
  }
  void after() { files.system_wq.destroy(); }
};

TEST(File, ListNodeTakesThePlaceOfTheFlags) {
  EXPECT_EQ(violated_under<flags_after_fput<false>>("f_iocb_flags"), all_models());
  EXPECT_EQ(violated_under<flags_after_fput<true>>(), Models{});
}

/// A file that is put on two lists.
struct two_lists : rl::test_suite<two_lists, 1> {
  file_table files;
  task_struct task{0, "task"};
  inode on;
  file* const f = files.open(on, "file");

  void thread(unsigned) {
    llist_add(reuse(f->f_iocb_flags, f->f_llist), files.delayed_fput_list);
    files.release_by(task, f);
  }
};

TEST(File, IsOnOneListOnly) { EXPECT_EQ(violated_under<two_lists>("f_iocb_flags"), all_models()); }

/// llist_del_first() with two consumers: the head comes back while its successor has left.
template <bool locked>
struct two_consumers : rl::test_suite<two_consumers<locked>, 2> {
  llist_head list;
  llist_node a;
  llist_node b;
  mutex consumers;
  rl::var<llist_node*> kept[2];

  void before() {
    llist_add(&b, list);
    llist_add(&a, list);
  }
  void thread(unsigned i) {
    if (locked) mutex_lock(consumers);
    llist_node* first = llist_del_first(list);
    llist_node* second = i == 1 ? llist_del_first(list) : first;
    if (locked) mutex_unlock(consumers);
    if (i == 1 && first != nullptr) llist_add(first, list);
    VAR(kept[i]) = second;
  }
  void after() {
    int places[2] = {};
    const auto count = [&](const llist_node* node) {
      if (node != nullptr) ++places[node == &b];
    };
    for (llist_node* node = READ_ONCE(list.first); node != nullptr; node = node->next.get()) {
      count(node);
    }
    for (const auto& each : kept) count(VAR(each));
    heddle::api::check(places[0] == 1 && places[1] == 1, "a node is in two places or in none", $);
  }
};

TEST(History, ListsHaveOneConsumer) {
  EXPECT_EQ(violated_under<two_consumers<false>>(), all_models());
  EXPECT_EQ(violated_under<two_consumers<true>>(), Models{});
}

}  // namespace
}  // namespace kernel
