// Signals raised by scenario code, turned into errors of the scenario.
#pragma once

#include <csignal>
#include <cstddef>

namespace heddle::runtime {

/// Told about SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT on the signal stack, with the registers
/// of the code that raised them (a ucontext_t). Leaves for good by switching to another context, or
/// returns whether that code may go on; else the signal takes its normal course.
class CrashHandler {
 public:
  virtual bool on_crash(int signal, const void* address, void* registers) = 0;
  /// Told ticks_per_second times in a second of processor time outside of the system.
  virtual void on_tick() = 0;
  static constexpr unsigned ticks_per_second = 10;
  /// Told in the same way when a second of real time has passed and the program is in a system
  /// call (see waiting.hpp).
  virtual void on_waiting_second(int system_call) = 0;

 protected:
  ~CrashHandler() = default;
};

/// While it lives, crashes go to `handler`. Restores the former handlers at its end.
class CrashGuard {
 public:
  explicit CrashGuard(CrashHandler& handler);
  ~CrashGuard();
  CrashGuard(const CrashGuard&) = delete;
  CrashGuard& operator=(const CrashGuard&) = delete;

 private:
  CrashHandler* former_;
  sigset_t former_mask_{};
};

/// The handler of crashes runs without on_tick(), and so must all that runs while it is
/// suspended on its signal stack and that stack is in use: a tick would take the place of its
/// frames. Where it is left for good or suspended, on_tick() may be let in again by false.
void hold_ticks(bool hold);

/// Has ticks come in a process that was forked while a CrashGuard lived: timers are not inherited.
void restart_ticks();

/// While it lives, signals are taken on the stack of `bytes` at `memory`.
class SignalStack {
 public:
  SignalStack(void* memory, std::size_t bytes);
  ~SignalStack();
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  stack_t former_;
};

/// "SIGSEGV (invalid memory access)", ...
const char* signal_name(int signal);

}  // namespace heddle::runtime
