#include "checker/jobs/worker.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <exception>
#include <string>

#include "checker/jobs/message.hpp"
#include "checker/jobs/socket.hpp"
#include "checker/runtime/crash.hpp"

namespace heddle::jobs {
namespace {

/// Takes one off, if somebody waits.
bool is_asked(Idle& idle) {
  int waiting = idle.load(std::memory_order_relaxed);
  while (waiting > 0) {
    if (idle.compare_exchange_weak(waiting, waiting - 1, std::memory_order_relaxed)) return true;
  }
  return false;
}

Report::Kind kind_of(const Slice& slice, bool counts_all) {
  if (slice.needs_one) return Report::Kind::one;
  return slice.has_finding && !counts_all ? Report::Kind::finding : Report::Kind::progress;
}

/// Works on a part until it is done, or the manager must decide. Returns whether the manager still
/// listens.
bool do_part(int socket, const Order& order, Searcher& searcher, explore::Execution& execution,
             const Ways& ways) {
  searcher.begin(order.position);
  for (;;) {
    if (ways.before_slice != nullptr) ways.before_slice();
    const std::size_t numbered = execution.program().thread_numbers().size();
    Report report{.part = order.part, .kind = Report::Kind::progress, .slice = searcher.run()};
    report.kind = kind_of(report.slice, ways.counts_all);
    // A thread that nobody knows: positions are told in numbers of threads that all must share.
    if (execution.program().thread_numbers().size() != numbered) report.kind = Report::Kind::look;
    if (!send(socket, text_of(report))) return false;
    if (report.kind != Report::Kind::progress || report.slice.left.is_done()) return true;
  }
}

}  // namespace

void work(int socket, pid_t manager, Idle& idle, explore::Execution& execution, const Ways& ways) {
  // However the manager ends, nobody else would end this process.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != manager) _exit(0);
  signal(SIGINT, SIG_IGN);  // the manager decides what an interrupt means
  signal(SIGTERM, SIG_DFL);
  runtime::restart_ticks();
  Searcher searcher(execution, ways.slice, ways.counts_all, [&idle] { return is_asked(idle); });
  std::string text;
  while (receive(socket, text)) {
    const Order order = order_from(text);
    try {
      if (!do_part(socket, order, searcher, execution, ways)) break;
    } catch (...) {
      // Memory turned out to be shared, or an assertion failed: the manager will meet it as well.
      send(socket, text_of(Report{.part = order.part, .kind = Report::Kind::look}));
      break;
    }
  }
  _exit(0);
}

}  // namespace heddle::jobs
