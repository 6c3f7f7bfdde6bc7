#include "tools/cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <utility>

#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"

namespace heddle::cli {
namespace {

// Far above the largest trace, so that nobody waits for the end of /dev/zero.
constexpr std::size_t most_bytes = std::size_t{256} << 20U;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

[[noreturn]] void cannot(const char* action, const std::string& path, const std::string& cause) {
  throw UsageError(fmt::format("can't {} '{}': {}", action, path, cause));
}

[[noreturn]] void cannot(const char* action, const std::string& path) {
  cannot(action, path, std::strerror(errno));
}

std::string read_file(const std::string& path) {
  const Descriptor file(path == standard_stream
                            ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                            : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) cannot("read", path);
  std::string text;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) cannot("read", path);
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > most_bytes) cannot("read", path, "it is too large for a trace");
  }
}

// Returns false with errno set.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Equal for two paths that name one file, now or once it is made. Empty if it does no harm to
/// write there twice.
std::string identity(const std::string& path) {
  struct stat file {};
  const bool standard = path == standard_stream;
  const int found = standard ? ::fstat(STDOUT_FILENO, &file) : ::stat(path.c_str(), &file);
  if (found == 0 && !S_ISCHR(file.st_mode)) {
    return fmt::format("{}:{}", file.st_dev, file.st_ino);
  }
  if (standard) return path;
  if (found == 0) return "";
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  std::array<char, PATH_MAX> resolved;
  if (::realpath(folder.c_str(), resolved.data()) == nullptr) return path;
  return fmt::format("{}/{}", resolved.data(), path.substr(slash + 1));
}

mode_t mode_for(const std::string& target) {
  struct stat old {};
  if (::stat(target.c_str(), &old) == 0) return old.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

trace::Trace read_trace(const std::string& path) {
  const std::string text = read_file(path);
  try {
    return trace::from_json(text);
  } catch (const std::runtime_error& error) {
    throw UsageError(fmt::format("{}: {}", path, error.what()));
  }
}

void require_different_files(const std::vector<NamedOutput>& outputs, const std::string& input) {
  std::map<std::string, std::string> options;  // identity -> what uses it
  if (!input.empty() && input != standard_stream) options[identity(input)] = "the trace to read";
  options.erase("");
  for (const NamedOutput& output : outputs) {
    if (output.path.empty()) continue;
    const std::string file = identity(output.path);
    if (file.empty()) continue;
    const auto [other, fresh] = options.emplace(file, output.option);
    if (fresh) continue;
    throw UsageError(fmt::format("{} and {} name one file, '{}': give each its own", other->second,
                                 output.option, output.path));
  }
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(path_) {
  if (path_.empty()) throw UsageError("the path of the file to write is empty");
  if (path_ == standard_stream) {
    descriptor_ = keep_standard_output();
    return;
  }
  struct stat old {};
  if (::stat(path_.c_str(), &old) == 0) {
    if (S_ISDIR(old.st_mode)) cannot("write", path_, std::strerror(EISDIR));
    if (::access(path_.c_str(), W_OK) != 0) cannot("write", path_);
    replace_ = S_ISREG(old.st_mode);
    std::array<char, PATH_MAX> resolved;
    if (replace_ && ::realpath(path_.c_str(), resolved.data()) != nullptr)
      target_ = resolved.data();
  } else if (errno != ENOENT) {
    cannot("write", path_);
  }
  if (!replace_) return;
  // Making a file beside it is what write() will need; permissions alone do not tell.
  std::string probe = target_ + ".XXXXXX";
  const Descriptor file(::mkstemp(probe.data()));
  if (file.number() < 0) cannot("write", path_);
  ::unlink(probe.c_str());
}

void OutputFile::write(const std::string& text) const {
  if (descriptor_ >= 0) {
    if (write_all(descriptor_, text)) return;
    if (errno == EPIPE) throw ReaderGone();
    throw UsageError(fmt::format("can't write to standard output: {}", std::strerror(errno)));
  }
  if (!replace_) {
    Descriptor file(::open(target_.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number() < 0 || !write_all(file.number(), text) || !file.close()) {
      cannot("write", path_);
    }
    return;
  }
  std::string fresh = target_ + ".XXXXXX";
  Descriptor file(::mkstemp(fresh.data()));
  if (file.number() < 0) cannot("write", path_);
  const bool done = write_all(file.number(), text) &&
                    ::fchmod(file.number(), mode_for(target_)) == 0 && file.close() &&
                    ::rename(fresh.c_str(), target_.c_str()) == 0;
  if (done) return;
  const int cause = errno;
  ::unlink(fresh.c_str());
  cannot("write", path_, std::strerror(cause));
}

}  // namespace heddle::cli
