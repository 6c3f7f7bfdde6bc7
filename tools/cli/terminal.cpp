#include "tools/cli/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

bool smart_terminal(int descriptor) {
  const char* term = std::getenv("TERM");
  return isatty(descriptor) == 1 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

report::Style output_style() {
  report::Style style;
  if (isatty(STDOUT_FILENO) != 1) return style;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
  const char* no_color = std::getenv("NO_COLOR");
  style.colours = smart_terminal(STDOUT_FILENO) && (no_color == nullptr || *no_color == '\0');
  return style;
}

bool errors_on_terminal() { return smart_terminal(STDERR_FILENO); }

void print(const std::string& text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) {
    const int cause = errno;
    if (cause == EPIPE) throw ReaderGone();
    throw UsageError(std::string("can't write to standard output: ") + std::strerror(cause));
  }
}

bool reader_is_gone() {
  pollfd poll{STDOUT_FILENO, 0, 0};
  return ::poll(&poll, 1, 0) == 1 && (poll.revents & POLLERR) != 0;
}

int keep_standard_output() {
  static const int kept = [] {
    const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (copy < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
      throw UsageError(std::string("can't write to standard output: ") + std::strerror(errno));
    }
    return copy;
  }();
  return kept;
}

}  // namespace heddle::cli
