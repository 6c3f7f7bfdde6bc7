// Signals: they come at times of the system's choosing, and the checker needs some of its own.
#include <csignal>

#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

constexpr heddle::interpose::Family signals{
    .used_by = "", .remedy = "let another thread do what the signal's handler does"};
constexpr heddle::interpose::Family timers{
    .used_by = "", .remedy = "let another thread do what is to be done in time"};

}  // namespace

HEDDLE_REFUSE(signal, signals)
HEDDLE_REFUSE(sigaction, signals)
HEDDLE_REFUSE(sigaltstack, signals)
HEDDLE_REFUSE(sigsuspend, signals)
HEDDLE_REFUSE(sigwait, signals)
HEDDLE_REFUSE(sigwaitinfo, signals)
HEDDLE_REFUSE(sigtimedwait, signals)
HEDDLE_REFUSE(pause, signals)
HEDDLE_REFUSE(kill, signals)
HEDDLE_REFUSE(killpg, signals)
HEDDLE_REFUSE(sigqueue, signals)
HEDDLE_REFUSE(pthread_kill, signals)
HEDDLE_REFUSE(pthread_sigqueue, signals)
HEDDLE_REFUSE(tgkill, signals)

HEDDLE_REFUSE(alarm, timers)
HEDDLE_REFUSE(ualarm, timers)
HEDDLE_REFUSE(setitimer, timers)
HEDDLE_REFUSE(timer_create, timers)

// A crash has a report of its own.
HEDDLE_INTERPOSE(raise) {
  const bool crashes = a == SIGSEGV || a == SIGBUS || a == SIGFPE || a == SIGILL || a == SIGABRT;
  if (!crashes) heddle::interpose::refuse_in_scenario("raise", signals);
  return heddle::interpose::find_real("raise")(a, b, c, d, e, f, g, h);
}

namespace heddle::interpose {

void refuse_signals() {}

}  // namespace heddle::interpose
