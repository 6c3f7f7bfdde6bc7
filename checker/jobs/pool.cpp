#include "checker/jobs/pool.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>
#include <system_error>

#include "checker/jobs/socket.hpp"

namespace heddle::jobs {
namespace {

// A part that ends so many workers would end others as well.
constexpr std::uint32_t most_deaths = 3;
constexpr int milliseconds_between_looks = 20;

}  // namespace

Pool::Pool(unsigned workers, explore::Execution& execution, const Ways& ways)
    : execution_(execution), ways_(ways), workers_(workers) {
  void* memory =
      mmap(nullptr, sizeof(Idle), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    throw std::system_error(errno, std::generic_category(), "memory that workers share");
  }
  idle_ = new (memory) Idle(0);
}

Pool::~Pool() {
  for (Worker& worker : workers_) end(worker);
  munmap(idle_, sizeof(Idle));
}

/// Returns whether the system has another process for it.
bool Pool::start(Worker& worker) {
  std::array<int, 2> sockets{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) return false;
  const pid_t manager = getpid();
  const pid_t process = fork();
  if (process == 0) {
    close(sockets[0]);
    // Else a worker would keep the sockets of others open, and not see that the manager ended.
    for (const Worker& other : workers_) {
      if (other.socket >= 0) close(other.socket);
    }
    work(sockets[1], manager, *idle_, execution_, ways_);
  }
  close(sockets[1]);
  if (process < 0) {
    close(sockets[0]);
    return false;
  }
  worker = {.process = process, .socket = sockets[0]};
  return true;
}

/// Returns its status as of waitpid(); 0 if it does not run.
int Pool::end(Worker& worker) {
  if (worker.process < 0) return 0;
  kill(worker.process, SIGKILL);
  int status = 0;
  while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
  }
  close(worker.socket);
  worker = {};
  return status;
}

void Pool::end_all(Ledger& ledger) {
  for (Worker& worker : workers_) {
    if (worker.part != 0 && ledger.contains(worker.part)) ledger[worker.part].is_taken = false;
    end(worker);
  }
}

Pool::End Pool::run(Ledger& ledger, const std::function<bool()>& goes_on) {
  while (ledger.is_open()) {
    if (!goes_on()) {
      end_all(ledger);
      return End::stopped;
    }
    if (!assign(ledger)) {
      end_all(ledger);
      part_ = ledger.next()->id;
      return End::look;
    }
    if (!wait()) continue;
    for (Worker* worker : heard_) {
      if (const auto end = hear(*worker, ledger)) {
        end_all(ledger);
        return *end;
      }
    }
    drop_strangers(ledger);
  }
  end_all(ledger);
  return End::done;
}

/// Gives parts to workers that have none, and lets the others know if some have to wait. Returns
/// whether anybody works.
bool Pool::assign(Ledger& ledger) {
  int waiting = 0;
  bool is_at_work = false;
  for (Worker& worker : workers_) {
    is_at_work |= worker.part != 0;
    if (worker.part != 0) continue;
    Part* part = ledger.next();
    if (part == nullptr) {
      ++waiting;
      continue;
    }
    if (worker.process < 0 && !start(worker)) continue;
    is_at_work = part->is_taken = true;
    worker.part = part->id;
    // If it has died meanwhile, that is heard of.
    send(worker.socket, text_of(Order{.part = part->id, .position = part->position}));
  }
  idle_->store(waiting, std::memory_order_relaxed);
  return is_at_work;
}

/// Waits a little for reports. Returns false if there are none.
bool Pool::wait() {
  std::vector<pollfd> sockets;
  for (const Worker& worker : workers_) {
    sockets.push_back({.fd = worker.socket, .events = POLLIN, .revents = 0});
  }
  heard_.clear();
  if (poll(sockets.data(), sockets.size(), milliseconds_between_looks) <= 0) return false;
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    if (sockets[i].revents != 0) heard_.push_back(&workers_[i]);
  }
  return true;
}

/// Takes a worker's report, or notes its death.
std::optional<Pool::End> Pool::hear(Worker& worker, Ledger& ledger) {
  std::string text;
  if (receive(worker.socket, text)) return take(worker, ledger, report_from(text));
  const std::uint64_t id = worker.part;
  const int status = end(worker);
  if (id == 0 || !ledger.contains(id)) return std::nullopt;
  Part& part = ledger[id];
  part.is_taken = false;
  if (++part.deaths < most_deaths) return std::nullopt;
  part_ = id;
  status_ = status;
  return End::deadly;
}

std::optional<Pool::End> Pool::take(Worker& worker, Ledger& ledger, const Report& report) {
  const bool is_wanted = ledger.contains(report.part) && ledger[report.part].is_open();
  if (!is_wanted) return std::nullopt;
  part_ = report.part;
  switch (report.kind) {
    case Report::Kind::one:
      return End::one;
    case Report::Kind::look:
      return End::look;
    case Report::Kind::finding:
      ledger.note_finding(report.part);
      worker.part = 0;
      break;
    case Report::Kind::progress:
      if (report.slice.has_finding) ledger.note_finding(report.part);
      ledger.advance(report.part, report.slice.left, report.slice.more, report.slice.given);
      if (report.slice.left.is_done()) worker.part = 0;
      break;
  }
  return std::nullopt;
}

/// Ends workers that are at parts which nobody wants any more.
void Pool::drop_strangers(Ledger& ledger) {
  for (Worker& worker : workers_) {
    if (worker.part != 0 && !ledger.contains(worker.part)) end(worker);
  }
}

}  // namespace heddle::jobs
