// What a thread is to the kernel: kernel thread or user task, alive or exiting, with its task work.
#pragma once

#include "checker/api/var.hpp"
#include "model/atomics.hpp"
#include "model/locks.hpp"
#include "model/names.hpp"

namespace kernel {

struct callback_head;
using task_work_func_t = void (*)(callback_head*);

/// Base of what can be queued as task work: struct callback_head (include/linux/types.h, 6.1).
///
/// `next` is atomic because task_work_cancel_match() reads and exchanges it while others may walk.
struct callback_head {
  heddle::api::atomic<callback_head*> next;
  heddle::api::var<task_work_func_t> func;
};

inline constexpr unsigned PF_EXITING = 0x00000004;
inline constexpr unsigned PF_KTHREAD = 0x00200000;

/// The part of struct task_struct (include/linux/sched.h, 6.1) that closing files looks at.
///
/// `flags` is plain: a task changes only its own. The kernel's `current` is an explicit argument
/// here.
struct task_struct {
  explicit task_struct(unsigned initial_flags, const char* label) : flags(initial_flags) {
    heddle::api::name(*this, label);
    name_member(flags, label, "flags");
    name_member(task_works, label, "task_works");
    name_member(pi_lock.lock, label, "pi_lock");
  }

  heddle::api::var<unsigned> flags;
  heddle::api::atomic<callback_head*> task_works{nullptr};
  spinlock_t pi_lock;
};

}  // namespace kernel
