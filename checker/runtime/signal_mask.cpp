// Which signals a scenario thread has blocked: each has a mask of its own, which nothing comes of,
// for a scenario gets no signals. The system's mask stays as it is. With it, the checker could not
// end a computation that does not end, and would be killed where it is to see a fault.
#include <cerrno>
#include <csignal>

#include "checker/runtime/original.hpp"
#include "checker/runtime/scenario_memory.hpp"

#ifdef __GLIBC__

namespace {

using heddle::runtime::current_memory;
using heddle::runtime::original;

thread_local sigset_t blocked;  // none at first; part of what the thread remembers

int change_mask(int how, const sigset_t* wanted, sigset_t* before) {
  const sigset_t old = blocked;
  if (wanted != nullptr) {
    sigset_t others;
    switch (how) {
      case SIG_BLOCK:
        sigorset(&blocked, &old, wanted);
        break;
      case SIG_UNBLOCK:
        sigfillset(&others);
        for (int signal = 1; signal < NSIG; ++signal) {
          if (sigismember(wanted, signal) == 1) sigdelset(&others, signal);
        }
        sigandset(&blocked, &old, &others);
        break;
      case SIG_SETMASK:
        blocked = *wanted;
        break;
      default:
        return EINVAL;
    }
  }
  if (before != nullptr) *before = old;
  return 0;
}

}  // namespace

extern "C" int pthread_sigmask(int how, const sigset_t* wanted, sigset_t* before) noexcept {
  if (current_memory != nullptr) return change_mask(how, wanted, before);
  return original<int(int, const sigset_t*, sigset_t*)>("pthread_sigmask")(how, wanted, before);
}

extern "C" int sigprocmask(int how, const sigset_t* wanted, sigset_t* before) noexcept {
  if (current_memory == nullptr) {
    return original<int(int, const sigset_t*, sigset_t*)>("sigprocmask")(how, wanted, before);
  }
  const int error = change_mask(how, wanted, before);
  if (error == 0) return 0;
  errno = error;
  return -1;
}

#endif

namespace heddle::runtime {

void replace_signal_mask() {}

}  // namespace heddle::runtime
