// syscall(): what the functions of the other files do, by number.
#include <sys/syscall.h>

#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"
#include "checker/runtime/scenario_memory.hpp"

namespace {

using heddle::interpose::Family;

constexpr Family waits{
    .used_by =
        "std::atomic::wait, std::counting_semaphore, std::latch, std::barrier and std::future",
    .remedy =
        "use rl::atomic, rl::counting_semaphore, rl::latch or "
        "rl::barrier" HEDDLE_OR_STANDARD_NAMES};
constexpr Family processes{.used_by = "", .remedy = "a scenario is one process"};
constexpr Family exits{
    .used_by = "",
    .remedy = "let the thread return; what must not happen is RL_ASSERT or heddle::api::check"};
constexpr Family others{.used_by = "", .remedy = "it waits for what the checker can't see"};

struct SystemCall {
  long number;
  const char* name;
  const Family& family;
};

constexpr SystemCall refused[] = {
    {SYS_futex, "futex", waits},
    {SYS_exit, "exit", exits},
    {SYS_exit_group, "exit_group", exits},
    {SYS_clone, "clone", processes},
    {SYS_clone3, "clone3", processes},
    {SYS_execve, "execve", processes},
    {SYS_execveat, "execveat", processes},
    {SYS_wait4, "wait4", processes},
    {SYS_waitid, "waitid", processes},
    {SYS_kill, "kill", others},
    {SYS_tkill, "tkill", others},
    {SYS_tgkill, "tgkill", others},
    {SYS_rt_sigaction, "rt_sigaction", others},
    {SYS_rt_sigprocmask, "rt_sigprocmask", others},
    {SYS_rt_sigsuspend, "rt_sigsuspend", others},
    {SYS_rt_sigtimedwait, "rt_sigtimedwait", others},
    {SYS_nanosleep, "nanosleep", others},
    {SYS_clock_nanosleep, "clock_nanosleep", others},
    {SYS_ppoll, "ppoll", others},
    {SYS_pselect6, "pselect6", others},
    {SYS_epoll_pwait, "epoll_pwait", others},
    {SYS_accept, "accept", others},
    {SYS_accept4, "accept4", others},
    {SYS_recvfrom, "recvfrom", others},
    {SYS_recvmsg, "recvmsg", others},
// Not every processor has these.
#ifdef SYS_fork
    {SYS_fork, "fork", processes},
#endif
#ifdef SYS_vfork
    {SYS_vfork, "vfork", processes},
#endif
#ifdef SYS_pause
    {SYS_pause, "pause", others},
#endif
#ifdef SYS_poll
    {SYS_poll, "poll", others},
#endif
#ifdef SYS_select
    {SYS_select, "select", others},
#endif
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, "epoll_wait", others},
#endif
};

// What counted_calls.hpp says of the functions for these.
constexpr long mapping[] = {SYS_mmap, SYS_mremap, SYS_brk, SYS_shmat};

}  // namespace

HEDDLE_INTERPOSE(syscall) {
  for (const SystemCall& call : refused) {
    if (call.number == a) heddle::interpose::refuse_in_scenario(call.name, call.family);
  }
  if (heddle::interpose::in_scenario()) {
    heddle::runtime::current_memory->note_hidden_state();
    for (const long number : mapping) {
      if (number == a) heddle::runtime::current_memory->note_mapping();
    }
  }
  return heddle::interpose::find_real("syscall")(a, b, c, d, e, f, g, h);
}

namespace heddle::interpose {

void refuse_system_calls() {}

}  // namespace heddle::interpose
