#include "tools/cli/verdict.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

bool told = false;

/// May run in scenario code, where nothing can be allocated: hence no more than system calls.
void at_exit() {
  if (told) return;
  constexpr std::string_view sentence =
      "heddle: the scenario ended its process: there is no verdict\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, sentence.data(), sentence.size());
  ::_exit(exit_broken);
}

}  // namespace

VerdictWatch::VerdictWatch() {
  const char* text = std::getenv(verdict_variable);
  if (text != nullptr) {
    const char* end = text + std::strlen(text);
    int number = -1;
    if (std::from_chars(text, end, number).ptr == end && number > STDERR_FILENO) {
      // Nobody else has to write there.
      if (::fcntl(number, F_SETFD, FD_CLOEXEC) == 0) descriptor_ = number;
    }
    ::unsetenv(verdict_variable);
  }
  std::atexit(at_exit);
}

void VerdictWatch::tell(int status) {
  told = true;
  if (descriptor_ < 0) return;
  const VerdictMark mark{::getpid(), status};
  ssize_t written = 0;
  do {
    written = ::write(descriptor_, &mark, sizeof mark);
  } while (written < 0 && errno == EINTR);
}

}  // namespace heddle::cli
