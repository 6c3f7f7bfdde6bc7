#include "tools/command/litmus_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tools/cli/error.hpp"

namespace heddle::command {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code gone;
    if (entry->path().extension() == ".litmus" && entry->is_regular_file(gone)) {
      files.push_back(entry->path().string());
    }
  }
  if (error) throw cli::UsageError(fmt::format("can't read '{}': {}", folder, error.message()));
  if (files.empty()) {
    throw cli::UsageError(fmt::format("there is no file *.litmus in or below '{}'", folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::vector<std::string> find_litmus_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (is_folder(path)) {
      const std::vector<std::string> below = files_below(path);
      files.insert(files.end(), below.begin(), below.end());
      continue;
    }
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw cli::UsageError(fmt::format("can't read '{}': {}", path, std::strerror(ENOENT)));
    }
    files.push_back(path);
  }
  return files;
}

std::string read_beginning(const std::string& path, std::size_t most) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text(most, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(most));
  if (!file.is_open() || file.bad()) {
    throw cli::UsageError(
        fmt::format("can't read '{}': {}", path, std::strerror(errno == 0 ? EIO : errno)));
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace heddle::command
