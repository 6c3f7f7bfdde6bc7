#include "tools/command/workers.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <vector>

#include "tools/cli/error.hpp"

namespace heddle::command {
namespace {

struct Worker {
  std::size_t item = 0;
  pid_t process = 0;
  int output = -1;  // the reading end of its pipe
  std::string text;
};

/// The life of a forked process: do the work, hand the result over, end without cleaning up what
/// belongs to the parent.
[[noreturn]] void serve(const std::function<std::string(std::size_t)>& work, std::size_t item,
                        int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(cli::exit_broken);  // it ended before it could be watched
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  int status = cli::exit_broken;
  const int guarded = cli::guarded([&] {
    const std::string text = work(item);
    std::size_t written = 0;
    while (written < text.size()) {
      const ssize_t count = ::write(output, text.data() + written, text.size() - written);
      if (count < 0 && errno != EINTR) return int{cli::exit_broken};
      if (count > 0) written += static_cast<std::size_t>(count);
    }
    status = cli::exit_holds;
    return int{cli::exit_holds};
  });
  ::_exit(status == cli::exit_holds ? guarded : cli::exit_broken);
}

class Pool {
 public:
  Pool(std::size_t count, std::size_t jobs, const std::function<std::string(std::size_t)>& work,
       const std::function<void(std::size_t, const Ended&)>& done)
      : count_(count), jobs_(jobs), work_(work), done_(done) {}

  ~Pool() {
    for (const Worker& worker : workers_) {  // only after an interrupt or an error
      ::kill(worker.process, SIGKILL);
      ::close(worker.output);
      wait_for(worker.process);
    }
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void run() {
    while (!interrupted() && told_ < count_) {
      while (started_ < count_ && workers_.size() < jobs_) start();
      read_some();
      tell();
    }
  }

 private:
  void start() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot_start(errno);
    const pid_t parent = ::getpid();
    const pid_t process = ::fork();
    if (process < 0) {
      const int cause = errno;
      ::close(ends[0]);
      ::close(ends[1]);
      cannot_start(cause);
    }
    if (process == 0) serve(work_, started_, ends[1], parent);
    ::close(ends[1]);
    workers_.push_back({.item = started_++, .process = process, .output = ends[0]});
  }

  [[noreturn]] static void cannot_start(int cause) {
    throw cli::UsageError(fmt::format("can't start a process: {}", std::strerror(cause)));
  }

  void read_some() {
    std::vector<pollfd> ready;
    for (const Worker& worker : workers_) ready.push_back({worker.output, POLLIN, 0});
    constexpr int wait = 200;  // milliseconds: a signal may come between the loop's look and this
    if (::poll(ready.data(), ready.size(), wait) <= 0) return;
    for (std::size_t i = ready.size(); i > 0; --i) {
      if (ready[i - 1].revents == 0) continue;
      std::array<char, 65536> buffer;
      Worker& worker = workers_[i - 1];
      const ssize_t count = ::read(worker.output, buffer.data(), buffer.size());
      if (count > 0) worker.text.append(buffer.data(), static_cast<std::size_t>(count));
      if (count > 0 || (count < 0 && errno == EINTR)) continue;
      finish(worker);
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
  }

  void finish(Worker& worker) {
    ::close(worker.output);
    Ended ended{.output = std::move(worker.text)};
    const int status = wait_for(worker.process);
    if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
    if (WIFEXITED(status)) ended.status = WEXITSTATUS(status);
    finished_.emplace(worker.item, std::move(ended));
  }

  static int wait_for(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  void tell() {
    for (auto next = finished_.find(told_); next != finished_.end() && !interrupted();
         next = finished_.find(told_)) {
      done_(told_++, next->second);
      finished_.erase(next);
    }
  }

  std::size_t count_;
  std::size_t jobs_;
  const std::function<std::string(std::size_t)>& work_;
  const std::function<void(std::size_t, const Ended&)>& done_;
  std::vector<Worker> workers_;
  std::map<std::size_t, Ended> finished_;  // and not told
  std::size_t started_ = 0;
  std::size_t told_ = 0;
};

}  // namespace

void run_in_processes(std::size_t count, std::size_t jobs,
                      const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, const Ended&)>& done) {
  note_interrupts();
  Pool(count, jobs, work, done).run();
}

}  // namespace heddle::command
