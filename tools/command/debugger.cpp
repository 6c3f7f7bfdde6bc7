#include "tools/command/debugger.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "tools/cli/error.hpp"
#include "tools/cli/signals.hpp"

namespace heddle::command {
namespace {

namespace fs = std::filesystem;

// In a build folder as in an installation: bin/heddle and share/heddle/heddle_gdb.py.
std::string commands_file() {
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path file = (own / "../share/heddle/heddle_gdb.py").lexically_normal();
  if (!error && fs::exists(file, error)) return file.string();
  throw cli::UsageError(fmt::format(
      "the gdb commands are missing: '{}' does not exist; install heddle again", file.string()));
}

}  // namespace

void become_gdb(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"gdb", "-q",  "-x",     commands_file(),
                                    "-ex", "run", "--args", program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  cli::restore_signals_of_writes();
  ::execvp("gdb", pointers.data());
  throw cli::UsageError(
      fmt::format("can't start gdb: {}; install it, or leave out --gdb", std::strerror(errno)));
}

}  // namespace heddle::command
