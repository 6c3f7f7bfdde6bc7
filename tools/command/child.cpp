#include "tools/command/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "tools/cli/error.hpp"
#include "tools/cli/signals.hpp"
#include "tools/cli/verdict.hpp"

namespace heddle::command {
namespace {

[[noreturn]] void cannot_start(const std::string& program, int cause) {
  throw cli::UsageError(fmt::format("can't start '{}': {}", program, std::strerror(cause)));
}

// Both ends close on exec: the child gets its own copies.
struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw cli::UsageError(fmt::format("can't make a pipe: {}", std::strerror(errno)));
    }
  }
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) ::close(end);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close(std::size_t end) {
    ::close(ends[end]);
    ends[end] = -1;
  }

  std::array<int, 2> ends = {-1, -1};
};

volatile sig_atomic_t signal_seen = 0;
volatile pid_t running_child = 0;

void on_signal(int signal) {
  signal_seen = 1;
  // A terminal sends SIGINT to us and the child alike; SIGTERM comes to us alone.
  if (signal == SIGTERM && running_child > 0) ::kill(running_child, SIGTERM);
}

void read_output(int descriptor, pid_t child, int seconds, std::string& output) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::array<char, 65536> buffer;
  for (;;) {
    int wait = -1;
    if (seconds != 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          end - std::chrono::steady_clock::now());
      wait = left.count() > 0 ? static_cast<int>(left.count()) : 0;
    }
    pollfd poll{descriptor, POLLIN, 0};
    const int ready = ::poll(&poll, 1, wait);
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) {
      ::kill(child, SIGKILL);
      return;
    }
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    output.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

/// What the child gets of us.
struct Heritage {
  int output;   // its standard output, or -1: ours
  int verdict;  // where it says that it came to its end
  int failure;  // where it says why it could not become the program
  pid_t parent;
};

// Runs in the child, between fork and exec.
[[noreturn]] void become(char* const* words, const Heritage& heritage) {
  // Not SIGTERM: a scenario that hangs would stay for ever.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != heritage.parent) ::_exit(cli::exit_broken);  // it ended before that
  const bool ready = (heritage.output < 0 || ::dup2(heritage.output, STDOUT_FILENO) >= 0) &&
                     ::fcntl(heritage.verdict, F_SETFD, 0) == 0;
  if (ready) {
    ::setenv(cli::verdict_variable, std::to_string(heritage.verdict).c_str(), 1);
    ::execv(words[0], words);
  }
  const int failure = heritage.failure;
  const int cause = errno;
  [[maybe_unused]] const ssize_t told = ::write(failure, &cause, sizeof cause);
  ::_exit(cli::exit_usage);
}

/// Whether the child, and nobody else, told that it is about to end with `status`.
bool told_verdict(int descriptor, pid_t child, int status) {
  // A process that the scenario left behind may still hold the other end.
  ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
  std::array<cli::VerdictMark, 2> marks;
  const ssize_t count = ::read(descriptor, marks.data(), sizeof marks);
  return count == sizeof marks[0] && marks[0].process == child && marks[0].status == status;
}

}  // namespace

std::string without_verdict(const Ended& ended) {
  if (ended.signal != 0) return "was killed by " + cli::signal_name(ended.signal);
  if (ended.verdict) return "";
  return fmt::format(
      "ended with status {} and gave no verdict: it ends its process, becomes another program, or "
      "is no scenario program",
      ended.status);
}

// We have to live to tell what the child said. It starts with the default again, as exec does with
// handlers.
void note_interrupts() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) continue;
    action = {};
    action.sa_handler = on_signal;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
  }
}

bool interrupted() { return signal_seen != 0; }

Ended run_child(const std::string& program, const std::vector<std::string>& arguments, bool capture,
                int seconds) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  Pipe output;
  Pipe verdict;
  Pipe failure;  // carries errno if exec fails, else closes
  note_interrupts();
  const pid_t self = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) cannot_start(program, errno);
  running_child = child;
  if (child == 0) {
    become(pointers.data(), {.output = capture ? output.ends[1] : -1,
                             .verdict = verdict.ends[1],
                             .failure = failure.ends[1],
                             .parent = self});
  }
  output.close(1);
  verdict.close(1);
  failure.close(1);
  int cause = 0;
  ssize_t told = 0;
  do {
    told = ::read(failure.ends[0], &cause, sizeof cause);
  } while (told < 0 && errno == EINTR);

  Ended ended;
  if (capture) read_output(output.ends[0], child, seconds, ended.output);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  running_child = 0;
  if (told == sizeof cause) cannot_start(program, cause);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  if (WIFEXITED(status)) {
    ended.status = WEXITSTATUS(status);
    ended.verdict = told_verdict(verdict.ends[0], child, ended.status);
  }
  return ended;
}

}  // namespace heddle::command
