// Signals raised by scenario code, turned into errors of the scenario.
#pragma once

namespace heddle::runtime {

/// Told about SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT on the signal stack. Either leaves for
/// good by switching to another context, or returns: then the signal takes its normal course.
class CrashHandler {
 public:
  virtual void on_crash(int signal, const void* address) = 0;
  /// Told after every second of processor time, in the same way.
  virtual void on_second() = 0;

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
};

/// "SIGSEGV (invalid memory access)", ...
const char* signal_name(int signal);

}  // namespace heddle::runtime
