#include "tools/scenario/progress.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <string>

namespace heddle::cli {
namespace {

volatile sig_atomic_t signal_seen = 0;

void on_signal(int) { signal_seen = 1; }

/// Short runs show nothing: a line that flashes up tells nobody anything.
constexpr double patience = 0.5;

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  // SA_ONSTACK: scenario threads run on small stacks. SA_RESETHAND: the next signal ends the
  // program.
  action.sa_flags = SA_RESTART | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction old {};
    // Whoever started us with a signal ignored, as nohup does, means it.
    if (sigaction(signal, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(signal, &action, nullptr);
  }
}

bool interrupted() { return signal_seen != 0; }

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(const Progress& progress, const std::string& part) {
  // Once there is a line, it tells of each further part at once.
  if (!wanted_ || (progress.seconds < patience && (!shown_ || part == part_))) return;
  part_ = part;
  const Counts& counts = progress.executions;
  const auto total = static_cast<double>(counts.sum());
  const double rate = progress.seconds > 0 ? total / progress.seconds : 0;
  std::string line = fmt::format("\r\x1b[K{}{}{:.0f} executions, {:.0f}/s, {:.1f} s", part,
                                 part.empty() ? "" : ": ", total, rate, progress.seconds);
  if (counts.violating != 0) line += fmt::format(", {} violating", counts.violating);
  if (progress.explored > 0) line += fmt::format(", about {:.1f} % done", progress.explored * 100);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  shown_ = true;
}

}  // namespace heddle::cli
