#include "checker/jobs/checkpoint_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

namespace heddle::jobs {
namespace {

// The workers of a run that was killed keep its lock for a moment.
constexpr auto patience = std::chrono::seconds(2);
constexpr auto between_tries = std::chrono::milliseconds(20);

[[noreturn]] void fail(const std::string& what, const std::string& path) {
  throw std::runtime_error("can't " + what + " the checkpoint '" + path +
                           "': " + std::strerror(errno));
}

/// Whether the path still leads to the open file: another run may have put one in its place.
bool is_at(int file, const std::string& path) {
  struct stat here {};
  struct stat there {};
  return fstat(file, &here) == 0 && stat(path.c_str(), &there) == 0 &&
         here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

void write_all(int file, const std::string& text, const std::string& path) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = write(file, text.data() + at, text.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    at += static_cast<std::size_t>(written);
  }
}

}  // namespace

CheckpointFile::CheckpointFile(std::string path) : path_(std::move(path)) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) fail("open", path_);
    const bool is_own = flock(file_, LOCK_EX | LOCK_NB) == 0;
    if (is_own && is_at(file_, path_)) return;
    close(file_);
    if (std::chrono::steady_clock::now() >= end) break;
    std::this_thread::sleep_for(between_tries);
  }
  throw std::runtime_error("the checkpoint '" + path_ +
                           "' is being written by another run: wait for its end, or name another "
                           "file");
}

CheckpointFile::~CheckpointFile() { close(file_); }

std::string CheckpointFile::read() const {
  std::string text;
  char buffer[4096];
  if (lseek(file_, 0, SEEK_SET) < 0) fail("read", path_);
  for (;;) {
    const ssize_t count = ::read(file_, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path_);
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

void CheckpointFile::write(const std::string& text) {
  const std::string beside = path_ + ".new";
  const int file = open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) fail("write", path_);
  try {
    // Locked before it has its name, so that nobody finds it unlocked.
    if (flock(file, LOCK_EX | LOCK_NB) != 0) fail("lock", path_);
    write_all(file, text, path_);
    if (fsync(file) != 0 || rename(beside.c_str(), path_.c_str()) != 0) fail("write", path_);
  } catch (...) {
    close(file);
    unlink(beside.c_str());
    throw;
  }
  close(file_);
  file_ = file;
}

void CheckpointFile::remove() {
  if (unlink(path_.c_str()) != 0) fail("remove", path_);
}

}  // namespace heddle::jobs
