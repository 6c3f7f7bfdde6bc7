#include "checker/runtime/crash.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include "checker/runtime/waiting.hpp"

namespace heddle::runtime {
namespace {

constexpr std::array signals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constinit CrashHandler* current = nullptr;
std::array<struct sigaction, signals.size()> former_actions;
struct sigaction former_timer;
void take(int signal, siginfo_t* info, void* registers) {
  if (current != nullptr && current->on_crash(signal, info->si_addr, registers)) return;
  // Not scenario code: let the signal kill the program as it would have without us.
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void tick(int, siginfo_t* info, void* registers) {
  if (current == nullptr) return;
  if (info->si_code != SI_TIMER) return current->on_tick();
  const int waits_in = interrupted_call(registers);
  if (waits_in != no_system_call) current->on_waiting_second(waits_in);
}

/// Ticks of real time, for threads that wait and so use no processor time.
timer_t real_timer{};

void start_real_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGVTALRM;
  event._sigev_un._tid = gettid();
  if (timer_create(CLOCK_MONOTONIC, &event, &real_timer) != 0) return;
  const itimerspec every{.it_interval = {1, 0}, .it_value = {1, 0}};
  timer_settime(real_timer, 0, &every, nullptr);
}

void set_timer(suseconds_t microseconds) {
  const itimerval every{.it_interval = {0, microseconds}, .it_value = {0, microseconds}};
  setitimer(ITIMER_VIRTUAL, &every, nullptr);
}

}  // namespace

void restart_ticks() {
  set_timer(1'000'000 / CrashHandler::ticks_per_second);
  start_real_timer();
}

void hold_ticks(bool hold) {
  sigset_t ticks;
  sigemptyset(&ticks);
  sigaddset(&ticks, SIGVTALRM);
  pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &ticks, nullptr);
}

SignalStack::SignalStack(void* memory, std::size_t bytes) {
  stack_t stack{};
  stack.ss_sp = memory;
  stack.ss_size = bytes;
  sigaltstack(&stack, &former_);
}

SignalStack::~SignalStack() { sigaltstack(&former_, nullptr); }

CrashGuard::CrashGuard(CrashHandler& handler) : former_(current) {
  current = &handler;
  if (former_ != nullptr) return;
  struct sigaction action {};
  action.sa_sigaction = take;
  // Handlers leave by switching contexts, so the signal must not stay blocked.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  // A tick would take the place of the handler's frames, if it comes while that is suspended.
  sigaddset(&action.sa_mask, SIGVTALRM);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    sigaction(signals[i], &action, &former_actions[i]);
  }
  struct sigaction timer {};
  timer.sa_sigaction = tick;
  timer.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  sigaction(SIGVTALRM, &timer, &former_timer);
  // Whoever started the program may have them blocked.
  sigset_t needed;
  sigemptyset(&needed);
  sigaddset(&needed, SIGVTALRM);
  for (const int signal : signals) sigaddset(&needed, signal);
  pthread_sigmask(SIG_UNBLOCK, &needed, &former_mask_);
  restart_ticks();
}

CrashGuard::~CrashGuard() {
  current = former_;
  if (former_ != nullptr) return;
  set_timer(0);
  timer_delete(real_timer);
  sigaction(SIGVTALRM, &former_timer, nullptr);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    sigaction(signals[i], &former_actions[i], nullptr);
  }
  pthread_sigmask(SIG_SETMASK, &former_mask_, nullptr);
}

const char* signal_name(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV (invalid memory access)";
    case SIGBUS:
      return "SIGBUS (invalid memory access)";
    case SIGFPE:
      return "SIGFPE (arithmetic error)";
    case SIGILL:
      return "SIGILL (illegal instruction)";
    case SIGABRT:
      return "SIGABRT (abort or failed assert)";
    default:
      return "a signal";
  }
}

}  // namespace heddle::runtime
